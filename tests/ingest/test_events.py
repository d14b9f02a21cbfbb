"""Tests of leadingest.ingest.events."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from leadingest.deliveries.delivery import Delivery
from leadingest.ingest.events import Events, Listener

DELIVERY = Delivery(Path("a.csv"), "a.csv", 1, "00", datetime(2026, 8, 1, tzinfo=UTC))


class Remembering(Listener):
    def __init__(self) -> None:
        self.events: list[str] = []

    def started(self, source: str, delivery: Delivery) -> None:
        self.events.append(f"{source} started")

    def progress(self, source: str, records: int) -> None:
        self.events.append(f"{source} {records}")

    def ended(self, source: str) -> None:
        self.events.append(f"{source} ended")


class Full(Listener):
    def progress(self, source: str, records: int) -> None:
        raise OSError(28, "No space left on device")


def test_reading_is_told_from_its_start_to_its_end_whatever_becomes_of_it() -> None:
    listener = Remembering()
    events = Events(listener)
    with suppress(ZeroDivisionError), events.reading("utah", DELIVERY) as progress:
        progress(7)
        raise ZeroDivisionError
    assert listener.events == ["utah started", "utah 7", "utah ended"]


def test_a_listener_that_cannot_write_keeps_nothing_from_the_others() -> None:
    listener = Remembering()
    with Events(Full(), listener).reading("utah", DELIVERY) as progress:
        progress(7)
    assert listener.events == ["utah started", "utah 7", "utah ended"]


def test_threads_tell_one_after_the_other() -> None:
    class Counting(Listener):
        inside = most = 0

        def progress(self, source: str, records: int) -> None:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.inside -= 1

    listener = Counting()
    events = Events(listener)
    with events.reading("utah", DELIVERY) as progress, ThreadPoolExecutor(4) as pool:
        list(pool.map(progress, range(200)))
    assert listener.most == 1
