"""Tests of leadingest.destinations.sql.database: what MySQL says is tested on real servers in test_mysql.py."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Barrier, Event

import pytest
import sqlalchemy as sa

from leadingest.destinations.sql.database import Database, WriterPool
from leadingest.destinations.sql.dialects.sqlite import SQLite
from leadingest.errors import DestinationError


def test_a_full_disk_is_said_as_such(tmp_path: Path) -> None:
    database = Database(SQLite(), sa.make_url(f"sqlite:///{tmp_path}/leads.db"))
    # As many pages as a small disk would hold.
    few_pages = sa.text("PRAGMA max_page_count = 3")
    many = sa.text("CREATE TABLE t AS SELECT zeroblob(100000) AS b")
    with (
        pytest.raises(
            DestinationError,
            match=r"^the database sqlite:///\S+leads\.db cannot grow: the disk is full\nfree some space",
        ) as caught,
        database.writing() as connection,
    ):
        assert [connection.execute(statement) for statement in (few_pages, many)]
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    database.close()


def test_what_no_driver_raised_stays_as_it_is(tmp_path: Path) -> None:
    database = Database(SQLite(), sa.make_url(f"sqlite:///{tmp_path}/leads.db"))
    with pytest.raises(ZeroDivisionError), database.reading():
        raise ZeroDivisionError
    database.close()


class Opened:
    """Counts what is opened and closed."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    def __call__(self, closing: ExitStack) -> int:
        self.opened += 1
        closing.callback(self.close)
        return self.opened

    def close(self) -> None:
        self.closed += 1


def note(done: list[int], number: int, connection: int) -> None:
    """Work that leaves a trace."""
    done.append(number)


def test_all_work_is_done_and_every_connection_is_closed() -> None:
    opened, done = Opened(), list[int]()
    with WriterPool(opened, most=2) as pool:
        for number in range(100):
            pool.submit(partial(note, done, number))
        pool.drain()
        assert sorted(done) == list(range(100))
        assert 1 <= pool.opened == opened.opened <= 2
        assert not opened.closed
    assert opened.closed == opened.opened


def test_work_goes_on_side_by_side_each_with_its_own_connection() -> None:
    together, used = Barrier(2), []

    def work(connection: int) -> None:
        together.wait(timeout=60)
        used.append(connection)

    with WriterPool(Opened(), most=2) as pool:
        pool.submit(work)
        pool.submit(work)
        pool.drain()
    assert sorted(used) == [1, 2]


def test_one_piece_of_work_needs_one_connection() -> None:
    with WriterPool(Opened(), most=4) as pool:
        pool.submit(lambda _: None)
        pool.drain()
        assert pool.opened == 1


def test_what_goes_wrong_is_raised_to_the_caller_and_what_has_not_begun_is_dropped() -> None:
    opened, done = Opened(), list[int]()

    def fail(_: int) -> None:
        raise ZeroDivisionError

    def submit_all(pool: WriterPool[int]) -> None:
        pool.submit(fail)
        for number in range(100):
            pool.submit(partial(note, done, number))

    with pytest.raises(ZeroDivisionError), WriterPool(opened, most=1) as pool:
        submit_all(pool)
    assert len(done) < 100
    assert opened.closed == opened.opened


def test_no_more_is_taken_than_can_be_written() -> None:
    may_go_on, submitted = Event(), []

    def wait(_: int) -> None:
        may_go_on.wait(60)

    def submit(pool: WriterPool[int], number: int) -> None:
        pool.submit(wait)
        submitted.append(number)
        if number == 2:
            may_go_on.set()

    with WriterPool(Opened(), most=2) as pool:
        for number in range(10):
            submit(pool, number)
        pool.drain()
    assert submitted == list(range(10))
