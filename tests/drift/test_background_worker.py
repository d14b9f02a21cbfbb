"""Tests of leadingest.drift.background_worker."""

from __future__ import annotations

from functools import partial
from threading import Event, current_thread, main_thread

import pytest

from leadingest.drift.background_worker import BackgroundWorker


def test_work_is_done_in_order_and_in_another_thread() -> None:
    done: list[tuple[int, bool]] = []

    def note(number: int) -> None:
        done.append((number, current_thread() is main_thread()))

    with BackgroundWorker() as worker:
        for number in range(5):
            worker.do(partial(note, number))
        worker.wait()
    assert done == [(number, False) for number in range(5)]


def test_nothing_waits_for_the_work_until_there_is_more() -> None:
    go_on, done = Event(), Event()

    def work() -> None:
        go_on.wait(10)
        done.set()

    with BackgroundWorker() as worker:
        worker.do(work)
        assert not done.is_set()
        go_on.set()
        worker.wait()
        assert done.is_set()


def test_what_goes_wrong_is_raised_by_the_next_call() -> None:
    def wrong() -> None:
        raise ValueError("no")

    with BackgroundWorker() as worker:
        worker.do(wrong)
        with pytest.raises(ValueError, match="no"):
            worker.do(lambda: None)
        worker.wait()
