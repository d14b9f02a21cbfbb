"""Tests of leadingest.stores.mirror: a copy of a prefix, over the wire, and what of it is fetched again."""

from __future__ import annotations

import gc
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leadingest.documents.copies import name_of, path_of
from leadingest.documents.plain_file import read_plain_file
from leadingest.errors import StoreBusyError, StoreError, StoreSetupError
from leadingest.stores.location import ObjectUrl
from leadingest.stores.mirror import Mirror
from leadingest.stores.objects import ObjectStore
from tests.object_storage import Bucket


@pytest.fixture
def mirror(bucket: Bucket) -> Mirror:
    return Mirror(ObjectStore(bucket.url / "project"), most=100)


def files(mirror: Mirror) -> dict[str, bytes]:
    paths = [path for path in mirror.folder.rglob("*") if path.is_file()]
    return {path.relative_to(mirror.folder).as_posix(): path.read_bytes() for path in paths}


@contextmanager
def fetched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The keys that are fetched in the block."""
    keys: list[str] = []
    genuine = ObjectStore.beginning

    def noted(self: ObjectStore, key: str, *, most: int) -> bytes:
        keys.append(key)
        return genuine(self, key, most=most)

    with monkeypatch.context() as patched:
        patched.setattr(ObjectStore, "beginning", noted)
        yield keys


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, key: str, error: StoreError) -> Iterator[None]:
    """Within it, one object cannot be read; with `*` none can."""
    genuine = ObjectStore.beginning

    def read(self: ObjectStore, name: str, *, most: int) -> bytes:
        if key in {name, "*"}:
            raise error
        return genuine(self, name, most=most)

    with monkeypatch.context() as patched:
        patched.setattr(ObjectStore, "beginning", read)
        yield


def test_what_lies_below_the_prefix_is_copied_and_hidden_files_are_not(
    bucket: Bucket, mirror: Mirror
) -> None:
    for key in ("project/acme.yaml", "project/tables/a b+%2F.csv", "project/.git/config", "other/x.yaml"):
        bucket.put(key, key.encode())
    bucket.put("project/")
    mirror.refresh()
    assert files(mirror) == {
        "acme.yaml": b"project/acme.yaml",
        "tables/a b+%2F.csv": b"project/tables/a b+%2F.csv",
    }
    assert stat.S_IMODE(mirror.folder.stat().st_mode) == 0o700


def test_only_what_has_changed_is_fetched_again(
    bucket: Bucket, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        bucket.put(f"project/{name}.yaml", name.encode())
    with fetched(monkeypatch) as keys:
        mirror.refresh()
        assert sorted(keys) == ["a.yaml", "b.yaml", "c.yaml"]
        keys.clear()
        mirror.refresh()
        assert keys == []
        bucket.put("project/b.yaml", b"B")
        bucket.put("project/d.yaml", b"d")
        bucket.delete("project/c.yaml")
        mirror.refresh()
    assert sorted(keys) == ["b.yaml", "d.yaml"]
    assert files(mirror) == {"a.yaml": b"a", "b.yaml": b"B", "d.yaml": b"d"}


def test_a_copy_is_called_as_what_it_is_a_copy_of(bucket: Bucket, mirror: Mirror) -> None:
    bucket.put("project/acme.yaml", b"a")
    mirror.refresh()
    path = mirror.folder / "acme.yaml"
    assert name_of(path) == f"{bucket.url}/project/acme.yaml"
    assert path_of(name_of(path)) == path
    assert name_of(mirror.folder) == f"{bucket.url}/project"


def test_of_a_huge_object_no_more_is_fetched_than_shows_that_it_is_too_large(
    bucket: Bucket, mirror: Mirror
) -> None:
    bucket.put("project/huge.yaml", bytes(10_000))
    mirror.refresh()
    assert len(files(mirror)["huge.yaml"]) == 101


def test_an_object_that_cannot_be_read_harms_only_itself_until_it_can(
    bucket: Bucket, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        bucket.put(f"project/{name}.yaml", name.encode())
    with refusing(monkeypatch, "a.yaml", StoreSetupError("no permission to read it")):
        mirror.refresh()
        before = (mirror.folder / "a.yaml").stat()
        mirror.refresh()
        # Nothing has changed, and so nothing is written anew: mappings are read again where a file is.
        assert (mirror.folder / "a.yaml").stat() == before
    with pytest.raises(OSError, match="no permission to read it"):
        read_plain_file(mirror.folder / "a.yaml", most=100)
    assert read_plain_file(mirror.folder / "b.yaml", most=100) == b"b"
    # The right is given, and the object is as it was.
    mirror.refresh()
    assert read_plain_file(mirror.folder / "a.yaml", most=100) == b"a"


def test_where_no_object_can_be_read_or_the_bucket_is_busy_the_error_is_raised(
    bucket: Bucket, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        bucket.put(f"project/{name}.yaml", name.encode())
    with refusing(monkeypatch, "*", StoreSetupError("no right")), pytest.raises(StoreSetupError):
        mirror.refresh()
    with refusing(monkeypatch, "b.yaml", StoreBusyError("slow down")), pytest.raises(StoreBusyError):
        mirror.refresh()
    mirror.refresh()
    assert files(mirror) == {"a.yaml": b"a", "b.yaml": b"b"}


def test_an_object_that_goes_between_listing_and_reading_is_not_there(
    bucket: Bucket, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        bucket.put(f"project/{name}.yaml", name.encode())
    with refusing(monkeypatch, "a.yaml", FileNotFoundError()):  # type: ignore[arg-type]
        mirror.refresh()
    assert files(mirror) == {"b.yaml": b"b"}


@pytest.mark.parametrize("key", ["a.yaml/b.yaml", f"{'x' * 300}.yaml"])
def test_a_key_that_cannot_be_a_path_is_left_out(bucket: Bucket, mirror: Mirror, key: str) -> None:
    bucket.put("project/a.yaml", b"a")
    mirror.refresh()
    bucket.put(f"project/{key}", b"b")
    mirror.refresh()
    assert files(mirror) == {"a.yaml": b"a"}


def test_the_copy_goes_with_the_object(bucket: Bucket) -> None:
    bucket.put("project/a.yaml", b"a")
    mirror = Mirror(ObjectStore(bucket.url / "project"), most=100)
    mirror.refresh()
    folder = mirror.folder
    del mirror
    gc.collect()
    assert not folder.exists()
    assert name_of(folder / "a.yaml") == str(folder / "a.yaml")


def test_a_bucket_that_there_is_not_is_told(bucket: Bucket) -> None:
    absent = Mirror(ObjectStore(ObjectUrl("s3", "made-up-and-not-there")), most=100)
    with pytest.raises(StoreSetupError, match="there is no such bucket"):
        absent.refresh()
    assert list(Path(absent.folder).iterdir()) == []
