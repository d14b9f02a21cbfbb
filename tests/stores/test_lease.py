"""Tests of leadingest.stores.lease: who holds it when one is silent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from leadingest.errors import StoreBusyError, StoreConflictError
from leadingest.stores import lease as module
from leadingest.stores.lease import EXPIRES, lease
from leadingest.stores.objects import ObjectStore
from leadingest.stores.store import Listed
from tests.object_storage import store_in

KEY = "leases/acme.json"


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    made = store_in("objects", tmp_path)
    assert isinstance(made, ObjectStore)
    return made


@contextmanager
def left_behind(store: ObjectStore) -> Iterator[None]:
    """A lease whose holder has gone without a word: it is held, and does not beat."""
    with ExitStack() as stack:
        stack.enter_context(lease(store, KEY, wait=0))
        yield


def pass_time(monkeypatch: pytest.MonkeyPatch, store: ObjectStore, seconds: float) -> None:
    """Every object but the lease is written so many seconds later, by the clock of the store."""
    found = store.found

    def later(key: str) -> Listed | None:
        lease = found(key)
        return (
            lease._replace(changed=lease.changed + timedelta(seconds=seconds))
            if lease and key != KEY
            else lease
        )

    monkeypatch.setattr(store, "found", later)


@pytest.mark.parametrize(("seconds", "free"), [(EXPIRES - 2, False), (EXPIRES + 2, True)])
def test_a_lease_is_free_after_a_minute_of_silence(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, seconds: float, free: bool
) -> None:
    with left_behind(store):
        pass_time(monkeypatch, store, seconds)
        with lease(store, KEY, wait=0) as held:
            assert held == free


def test_whoever_lost_it_does_not_free_it(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as stack:
        with left_behind(store):
            pass_time(monkeypatch, store, EXPIRES + 2)
            assert stack.enter_context(lease(store, KEY, wait=0))
        monkeypatch.undo()
        with lease(store, KEY, wait=0) as third:
            assert not third


def test_it_beats_for_as_long_as_it_is_held(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BEAT", 0.001)
    beaten, put = Event(), store.put

    def heard(key: str, content: bytes, *, replacing: str | None = None) -> str:
        if b'"beat": 3' in content:
            beaten.set()
        return put(key, content, replacing=replacing)

    monkeypatch.setattr(store, "put", heard)
    with lease(store, KEY, wait=0) as held:
        assert held and beaten.wait(30)


@pytest.mark.parametrize("error", [StoreBusyError("busy"), StoreConflictError("it met itself")])
def test_a_beat_that_fails_or_whose_answer_is_lost_ends_nothing(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(module, "_BEAT", 0.001)
    beaten, put = Event(), store.put

    def unlucky(key: str, content: bytes, *, replacing: str | None = None) -> str:
        written = put(key, content, replacing=replacing)
        if b'"beat": 1}' in content:
            raise error
        if b'"beat": 3}' in content:
            beaten.set()
        return written

    monkeypatch.setattr(store, "put", unlucky)
    with lease(store, KEY, wait=0) as held:
        assert held and beaten.wait(30)
    with lease(store, KEY, wait=0) as again:
        assert again


def test_one_whose_answer_is_lost_is_taken_all_the_same(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = store.put

    def sent_twice(key: str, content: bytes, *, replacing: str | None = None) -> str:
        put(key, content, replacing=replacing)
        return put(key, content, replacing=replacing)

    monkeypatch.setattr(store, "put", sent_twice)
    with lease(store, KEY, wait=0) as held:
        assert held
