"""Tests of leadingest.cloud.objects: the object that a message tells of, on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from leadingest.cloud.handler import any_size
from leadingest.cloud.messages import DroppedFile
from leadingest.cloud.objects import opened_drop
from leadingest.errors import DeliveryReplacedError, StoreError, StoreSetupError
from leadingest.stores.location import ObjectUrl
from leadingest.stores.objects import ObjectStore
from leadingest.stores.store import ObjectVersion
from tests.cloud.aws import MadeUpCloud


def content(file: DroppedFile) -> bytes:
    with opened_drop(file, any_size) as delivery:
        return delivery.path.read_bytes()


def test_an_object_is_read_under_its_own_name_and_its_scratch_file_goes(cloud: MadeUpCloud) -> None:
    cloud.drop("acme/a b+c%.csv", "Name\nOak\n")
    with opened_drop(DroppedFile(ObjectUrl("s3", cloud.bucket, "acme/a b+c%.csv")), any_size) as delivery:
        assert (delivery.name, delivery.path.read_text()) == ("a b+c%.csv", "Name\nOak\n")
        path = delivery.path
    assert not path.exists()


def test_of_a_bucket_with_versions_the_one_of_the_message_is_read(
    cloud: MadeUpCloud, aws: Mapping[str, str]
) -> None:
    kept = MadeUpCloud(aws, versions=True)
    place = ObjectUrl("s3", kept.bucket, "acme.csv")
    first = kept.drop("acme.csv", "first")
    assert content(DroppedFile(place, version=first)) == b"first"
    second = kept.drop("acme.csv", "second")
    assert content(DroppedFile(place, version=second)) == b"second"
    # The message about the first one comes late: it would put the older list in the place of the newer one.
    with pytest.raises(DeliveryReplacedError, match="replaced before it was read"):
        content(DroppedFile(place, version=first))
    kept.take_away("acme.csv")
    with pytest.raises(DeliveryReplacedError, match="deleted before it was read"):
        content(DroppedFile(place, version=second))


def test_an_object_of_a_bucket_that_is_not_there_is_not_taken_for_one_that_was_deleted(
    cloud: MadeUpCloud,
) -> None:
    with pytest.raises(StoreSetupError, match="there is no such bucket"):
        content(DroppedFile(ObjectUrl("s3", f"{cloud.bucket}-other", "acme.csv")))


def test_an_object_that_is_deleted_between_look_and_read_is_deleted(
    cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.drop("acme.csv", "Name\n")
    genuine = ObjectStore.newest

    def deleted_after(self: ObjectStore, key: str) -> ObjectVersion | None:
        newest = genuine(self, key)
        cloud.take_away(key)
        return newest

    monkeypatch.setattr(ObjectStore, "newest", deleted_after)
    with pytest.raises(DeliveryReplacedError, match="deleted before it was read"):
        content(DroppedFile(ObjectUrl("s3", cloud.bucket, "acme.csv")))


def test_a_size_that_does_not_fit_is_refused_before_anything_is_fetched(cloud: MadeUpCloud) -> None:
    def fits(size: int) -> None:
        raise StoreError(f"{size} bytes are too many")

    cloud.drop("acme.csv", "Name\n")
    with (
        pytest.raises(StoreError, match="5 bytes are too many"),
        opened_drop(DroppedFile(ObjectUrl("s3", cloud.bucket, "acme.csv")), fits),
    ):
        pytest.fail("it was fetched")


def test_an_object_that_the_disk_has_no_room_for_is_said_so(
    cloud: MadeUpCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.drop("acme.csv", "Name\n")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=4))
    with pytest.raises(StoreError, match="5 bytes, and only 4 are free"):
        content(DroppedFile(ObjectUrl("s3", cloud.bucket, "acme.csv")))
