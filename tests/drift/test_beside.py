"""Tests of leadingest.drift.beside."""

from __future__ import annotations

from functools import partial
from threading import Event, current_thread, main_thread

import pytest

from leadingest.drift.beside import Beside


def test_work_is_done_in_order_and_in_another_thread() -> None:
    done: list[tuple[int, bool]] = []

    def note(number: int) -> None:
        done.append((number, current_thread() is main_thread()))

    with Beside() as beside:
        for number in range(5):
            beside.do(partial(note, number))
        beside.wait()
    assert done == [(number, False) for number in range(5)]


def test_nothing_waits_for_the_work_until_there_is_more() -> None:
    go_on, done = Event(), Event()

    def work() -> None:
        go_on.wait(10)
        done.set()

    with Beside() as beside:
        beside.do(work)
        assert not done.is_set()
        go_on.set()
        beside.wait()
        assert done.is_set()


def test_what_goes_wrong_is_raised_by_the_next_call() -> None:
    def wrong() -> None:
        raise ValueError("no")

    with Beside() as beside:
        beside.do(wrong)
        with pytest.raises(ValueError, match="no"):
            beside.do(lambda: None)
        beside.wait()
