"""Tests of leadingest.stores.objects: what only object storage does."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from obstore import exceptions as refused
from obstore.store import MemoryStore

from leadingest.errors import ConfigurationError, StoreError
from leadingest.stores.location import ObjectUrl
from leadingest.stores.objects import ObjectStore
from leadingest.stores.open_store import open_store
from tests.object_storage import Bucket, store_in


@pytest.mark.parametrize("bucket", ["plain", "versions"], indirect=True)
def test_the_bucket_copies_the_version_that_was_fetched(bucket: Bucket) -> None:
    bucket.put("in/a b+%2F.csv", b"Oak")
    store = ObjectStore(bucket.url)
    with store.fetched_version("in/a b+%2F.csv") as (_, origin):
        assert ObjectStore(bucket.url / "kept").copied(origin, "acme/copy.csv")
        bucket.put("in/a b+%2F.csv", b"Elm")
        assert not ObjectStore(bucket.url / "kept").copied(origin, "acme/second.csv")
    assert bucket.content("kept/acme/copy.csv") == b"Oak"
    assert bucket.keys() == ["in/a b+%2F.csv", "kept/acme/copy.csv"]


def test_a_copy_has_no_tags_and_needs_no_right_to_them(bucket: Bucket) -> None:
    bucket.put("in/a.csv", b"Oak", tags="keep=1day")
    assert b"keep" in bucket.tags("in/a.csv")
    store = ObjectStore(bucket.url)
    with store.fetched_version("in/a.csv") as (_, origin):
        assert store.copied(origin, "kept/a.csv")
    assert bucket.content("kept/a.csv") == b"Oak"
    assert b"keep" not in bucket.tags("kept/a.csv")


@pytest.mark.parametrize("error", [refused.PermissionDeniedError, refused.GenericError, FileNotFoundError])
def test_what_the_bucket_does_not_copy_is_left_to_the_caller(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import obstore

    def refusing(*_: object) -> None:
        raise error("status code: 501")

    store = store_in("objects", tmp_path)
    assert isinstance(store, ObjectStore)
    store.put("a.csv", b"Oak")
    monkeypatch.setattr(obstore, "copy", refusing)
    with store.fetched_version("a.csv") as (_, origin):
        assert not store.copied(origin, "kept/a.csv")
    assert store.names("kept") == []


def test_another_bucket_and_an_object_with_a_time_of_its_own_are_not_copied_there(bucket: Bucket) -> None:
    store = ObjectStore(bucket.url)
    bucket.put("a.csv", b"Oak")
    with store.written("b.csv", time_ns=1) as file:
        file.write(b"Oak")
    for key, other in (("a.csv", ObjectUrl("s3", "another-bucket")), ("b.csv", bucket.url / "kept")):
        with store.fetched_version(key) as (_, origin):
            assert not ObjectStore(other).copied(origin, "copy.csv")
    assert bucket.keys() == ["a.csv", "b.csv"]


@pytest.mark.parametrize("bucket", ["plain", "versions"], indirect=True)
def test_an_object_is_read_from_a_byte_on_in_the_version_that_was_fetched(bucket: Bucket) -> None:
    bucket.put("a.csv", b"Oak,Elm")
    store = ObjectStore(bucket.url)
    with store.fetched_version("a.csv") as (_, origin), store.opened_at(origin, 4) as stream:
        assert [stream.read(2), stream.read(2), stream.read(2)] == [b"El", b"m", b""]
    bucket.put("a.csv", b"Fir,Ash")
    if origin.version:
        with store.opened_at(origin, 4) as stream:
            assert stream.read(9) == b"Elm"
    else:
        with pytest.raises(StoreError), store.opened_at(origin, 4):
            pass


@pytest.mark.parametrize("bucket", ["versions"], indirect=True)
def test_an_older_version_is_fetched_by_its_name(bucket: Bucket) -> None:
    bucket.put("a.csv", b"Oak")
    store = ObjectStore(bucket.url)
    with store.fetched_version("a.csv") as (_, origin):
        pass
    bucket.put("a.csv", b"Elm")
    with store.fetched_version("a.csv", version=origin.version) as (path, again):
        assert path.read_bytes() == b"Oak"
    assert again == origin
    assert not path.exists()


def test_what_stands_for_a_folder_is_not_listed_and_an_empty_file_is(bucket: Bucket) -> None:
    for key in ("in/acme/", "in/acme/zero.csv", "in/"):
        bucket.put(key)
    assert [each.key for each in ObjectStore(bucket.url / "in").listed()] == ["acme/zero.csv"]


def test_a_key_that_cannot_be_listed_is_told(bucket: Bucket) -> None:
    bucket.put("in//acme.csv", b"Oak")
    with pytest.raises(StoreError, match="has a key with an empty part"):
        ObjectStore(bucket.url / "in").listed()


def test_a_page_is_told_to_be_one(bucket: Bucket) -> None:
    import obstore
    from obstore.store import from_url

    ObjectStore(bucket.url).put("report/index.html", b"<p>")
    client = from_url(str(bucket.url), client_options={"allow_http": True})
    assert obstore.get(client, "report/index.html").attributes["Content-Type"] == "text/html; charset=utf-8"


def test_an_object_that_the_disk_has_no_room_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in("objects", tmp_path)
    store.put("a.csv", b"Oak")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 2}))
    with pytest.raises(StoreError, match="it has 3 bytes, and only 2 are free"), store.fetched("a.csv"):
        pass


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(ConfigurationError) as caught:
        open_store(ObjectUrl("s3", "leads", "in"))
    assert str(caught.value) == (
        "s3://leads/in: object storage needs obstore, which is not installed\npip install 'leadingest[cloud]'"
    )


def test_a_profile_that_there_is_not_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(StoreError, match="the profile that AWS_PROFILE names gives no credentials"):
        open_store(ObjectUrl("s3", "leads"))


@pytest.mark.parametrize("url", ["gs://leads/in", "az://leads/in"])
def test_the_other_clouds_are_opened_by_the_same_client(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "made-up")
    scheme, bucket, key = url.replace("://", "/").split("/")
    assert open_store(ObjectUrl(scheme, bucket, key)).at("a.csv") == ObjectUrl(scheme, bucket, "in/a.csv")


def test_a_copy_of_what_is_replaced_meanwhile_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import obstore

    store = store_in("objects", tmp_path)
    assert isinstance(store, ObjectStore)
    store.put("a.csv", b"Oak")
    copy = obstore.copy

    def copied_too_late(client: MemoryStore, old: str, new: str) -> None:
        store.put(old, b"Elm")
        copy(client, old, new)

    monkeypatch.setattr(obstore, "copy", copied_too_late)
    with store.fetched_version("a.csv") as (_, origin):
        assert not store.copied(origin, "kept/a.csv")
    assert store.names("kept") == []
