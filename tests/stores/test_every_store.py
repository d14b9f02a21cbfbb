"""What every store promises: a folder, a bucket and a prefix in memory, and a bucket over the wire."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from leadingest.errors import StoreConflictError
from leadingest.stores.folder import FolderStore
from leadingest.stores.objects import ObjectStore
from leadingest.stores.store import Store
from tests.object_storage import store_in

#: Keys that somebody will use.
ODD = [
    "a b.csv",
    "a+b.csv",
    "a%2Fb.csv",
    "a&b=c#?.csv",
    "Zoë 日本.csv",
    "e\u0301.csv",
    "A.csv",
    "a.csv",
    "~'(1)!.csv",
]


@pytest.fixture(params=["folder", "objects", "prefix", "wire"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "wire":
        return ObjectStore(request.getfixturevalue("bucket").url / "in it")
    return store_in(request.param, tmp_path / "store")


def test_what_is_put_is_read(store: Store) -> None:
    tag = store.put("acme/notes.json", b"{}")
    assert store.read("acme/notes.json").content == b"{}"
    assert store.read("acme/notes.json").tag == tag
    assert store.holds("acme/notes.json") and not store.holds("acme/other.json")
    assert store.put("acme/notes.json", b"") != tag
    assert store.read("acme/notes.json").content == b""


def test_odd_keys_are_kept_as_they_are(store: Store) -> None:
    for key in ODD:
        store.put(f"odd/{key}", key.encode())
    assert store.names("odd") == sorted(ODD)
    assert [store.read(f"odd/{key}").content.decode() for key in ODD] == ODD
    for key in ODD:
        with store.fetched(f"odd/{key}") as path:
            assert path.read_bytes() == key.encode()


def test_names_are_those_right_in_the_folder(store: Store) -> None:
    for key in ("top.csv", "acme/b.csv", "acme/a.csv", "acme/old/c.csv", "acme2/d.csv"):
        store.put(key, b"x")
    assert store.names("acme") == ["a.csv", "b.csv"]
    assert store.names("") == ["top.csv"]
    assert store.names("nowhere") == []


def test_what_lies_below_a_folder_is_listed_however_deep(store: Store) -> None:
    for key in ("top.csv", "acme/b.csv", "acme/old/c.csv", "acme2/d.csv"):
        store.put(key, b"xy")
    assert [each.key for each in store.listed("acme")] == ["acme/b.csv", "acme/old/c.csv"]
    assert [each.key for each in store.listed()] == ["acme/b.csv", "acme/old/c.csv", "acme2/d.csv", "top.csv"]
    assert [each.key for each in store.listed("acme", after="acme/b.csv")] == ["acme/old/c.csv"]
    assert store.listed("nowhere") == []


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        FolderStore(tmp_path).listed("x" * 300)


def test_a_file_is_told_of_without_reading_it(store: Store) -> None:
    store.put("acme/a.csv", b"Oak")
    first = store.found("acme/a.csv")
    assert first and first.size == 3 and first.changed.tzinfo and store.listed("acme") == [first]
    store.put("acme/a.csv", b"Elm")
    second = store.found("acme/a.csv")
    assert second and second.mark != first.mark
    assert store.found("acme/b.csv") is store.found("acme/a.csv/b") is None


# Polars has a client of its own, which knows nothing of what is in memory.
@pytest.mark.parametrize("store", ["folder", "wire"], indirect=True)
def test_polars_reads_a_file_where_it_lies(store: Store) -> None:
    with store.written("acme/~2F part.parquet") as file:
        pl.DataFrame({"a": range(3)}).write_parquet(file)
    place = store.to_scan("acme/~2F part.parquet")
    scanned = pl.scan_parquet(
        place.source, storage_options=place.options, credential_provider=None, glob=False
    )
    assert scanned.filter(pl.col("a") > 0).collect()["a"].to_list() == [1, 2]


def test_one_at_a_time_holds_a_lock(store: Store) -> None:
    with store.lock("leases/acme.json") as mine, store.lock("leases/beta.json") as other:
        assert mine and other
        with store.lock("leases/acme.json") as theirs:
            assert not theirs
        with store.lock("leases/acme.json", wait=0.01) as theirs:
            assert not theirs
    with store.lock("leases/acme.json") as again:
        assert again


def test_what_is_taken_away_is_gone_and_may_be_taken_away_again(store: Store) -> None:
    store.put("acme/a.csv", b"x")
    store.put("acme/b.csv", b"x")
    for _ in range(2):
        store.delete(["acme/a.csv"])
    assert store.names("acme") == ["b.csv"]
    store.delete(["acme/b.csv", "never/there.csv"])
    assert store.names("acme") == []


def test_a_file_has_the_time_that_it_was_written_with(store: Store) -> None:
    time = 1_700_000_000_123_456_789
    with store.written("acme/a.csv", time_ns=time) as file:
        file.write(b"Oak" * 100_000)
    with store.fetched("acme/a.csv", time_ns=1) as path:
        assert path.stat().st_mtime_ns == time
        assert path.read_bytes() == b"Oak" * 100_000


def test_a_write_that_breaks_off_leaves_what_was_there(store: Store) -> None:
    store.put("acme/a.csv", b"old")

    def broken() -> None:
        with store.written("acme/a.csv") as file:
            file.write(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert store.read("acme/a.csv").content == b"old"
    assert store.names("acme") == ["a.csv"]


def test_what_is_not_there_is_said_so(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("acme/none.csv")
    with pytest.raises(FileNotFoundError), store.fetched("acme/none.csv") as path:
        path.read_bytes()


def test_a_write_with_a_condition_is_refused_where_it_does_not_hold(store: Store) -> None:
    first = store.put("ledger.json", b"1", replacing=None)
    with pytest.raises(StoreConflictError):
        store.put("ledger.json", b"2", replacing=None)
    second = store.put("ledger.json", b"2", replacing=first)
    with pytest.raises(StoreConflictError):
        store.put("ledger.json", b"3", replacing=first)
    assert store.read("ledger.json").tag == second
    with pytest.raises(StoreConflictError):
        store.put("other.json", b"3", replacing=first)
    assert store.names("") == ["ledger.json"]


@pytest.mark.parametrize("store", ["folder", "objects"], indirect=True)
def test_of_many_writers_with_one_condition_one_wins(store: Store) -> None:
    def won(write: Callable[[], str]) -> bool:
        try:
            write()
        except StoreConflictError:
            return False
        return True

    tag: str | None = None
    with ThreadPoolExecutor(8) as pool:
        for number in range(6):
            texts = [f"{number} {writer}".encode() for writer in range(8)]
            writes = [partial(store.put, "ledger.json", text, replacing=tag) for text in texts]
            assert sum(pool.map(won, writes)) == 1
            tag = store.read("ledger.json").tag
