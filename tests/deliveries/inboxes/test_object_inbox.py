"""Tests of leadingest.deliveries.inboxes.object_inbox."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.inboxes.folder_inbox import FolderInbox
from leadingest.deliveries.inboxes.object_inbox import ObjectInbox
from leadingest.deliveries.inboxes.open_inbox import open_inbox, opened_file
from leadingest.errors import DeliveryError
from leadingest.stores.location import Location
from leadingest.stores.objects import ObjectStore
from tests.object_storage import Bucket, store_in

PARTS = st.sampled_from(
    ["a", "acme", "a.csv", "acme.csv", "Acme.csv", ".a", "~$a.csv", "a.csv.part", "b c+%2F.csv"]
)
GLOBS = st.sampled_from(["*", "**", "*.csv", "a*", "acme", "[aA]cme.csv", "?.csv", "b c+%2F.csv"])
KEYS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)
PATTERNS = st.lists(GLOBS, min_size=1, max_size=3).map("/".join)


def relative(found: set[Location], root: str) -> set[str]:
    return {str(place).removeprefix(f"{root}/") for place in found}


@given(keys=st.sets(KEYS, min_size=1, max_size=6), patterns=st.lists(PATTERNS, min_size=1, max_size=3))
def test_globs_take_the_objects_that_they_take_as_files(keys: set[str], patterns: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder, store = Path(name).resolve(), store_in("prefix", Path(name))
        assert isinstance(store, ObjectStore)
        # What is a file cannot be a folder, too; in a bucket it can.
        fitting = {key for key in keys if not any(other.startswith(f"{key}/") for other in keys)}
        for key in fitting:
            (folder / key).parent.mkdir(parents=True, exist_ok=True)
            (folder / key).write_bytes(b"x")
            store.put(key, b"x")
        files = {each for each in FolderInbox(folder).named_like(patterns) if Path(str(each)).is_file()}
        assert relative(ObjectInbox(store).named_like(patterns), str(store.root)) == relative(
            files, str(folder)
        )


def names(bucket: Bucket, *patterns: str) -> list[str]:
    return [each.name for each in open_inbox(bucket.url / "in").arrivals(patterns)]


def test_objects_whose_names_are_odd_are_deliveries(bucket: Bucket) -> None:
    odd = ["Acme.csv", "acme 1.csv", "acme%2F2.csv", "acme+1.csv", "acme.csv", "acmé 日本.csv"]
    for name in odd:
        bucket.put(f"in/{name}", name.encode())
    bucket.put("in/acme/")
    bucket.put("in/acme.csv.part", b"x")
    bucket.put("in2/acme.csv", b"x")
    assert sorted(names(bucket, "[aA]cm*")) == odd
    assert names(bucket, "acme.csv") == ["acme.csv"]


def test_an_object_is_read_from_a_scratch_file_that_does_not_stay(bucket: Bucket) -> None:
    url = bucket.put("in/acme +%2F.csv", b"Name\nOak\n")
    inbox = open_inbox(bucket.url / "in")
    (arrival,) = inbox.arrivals(["*.csv"])
    with inbox.opened(arrival) as delivery, opened_file(url) as again:
        assert delivery.path.read_bytes() == b"Name\nOak\n"
        assert (delivery.name, delivery.size, delivery.place) == ("acme +%2F.csv", 9, url)
        assert (again.sha256, again.modified) == (delivery.sha256, delivery.modified)
        assert abs((delivery.modified - arrival.changed).total_seconds()) < 1 if arrival.changed else False
    assert not delivery.path.exists()


def test_an_object_that_is_replaced_before_it_is_read_is_read_as_it_is_now(bucket: Bucket) -> None:
    bucket.put("in/acme.csv", b"Name\nOak\n")
    inbox = open_inbox(bucket.url / "in")
    (arrival,) = inbox.arrivals(["*.csv"])
    bucket.put("in/acme.csv", b"Name\nElm, Pine\n")
    with inbox.opened(arrival) as delivery:
        assert (delivery.path.read_bytes(), delivery.size) == (b"Name\nElm, Pine\n", 15)


def test_an_object_that_is_deleted_before_it_is_read_is_told(bucket: Bucket) -> None:
    url = bucket.put("in/acme.csv", b"Name\nOak\n")
    inbox = open_inbox(bucket.url / "in")
    (arrival,) = inbox.arrivals(["*.csv"])
    ObjectStore(bucket.url).delete(["in/acme.csv"])
    with pytest.raises(DeliveryError, match=f"{url}: file not found"), inbox.opened(arrival):
        pass
