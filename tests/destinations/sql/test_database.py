"""Tests of leadingest.destinations.sql.database: what MySQL says is tested on real servers in test_mysql.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from leadingest.destinations.sql.database import Database
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
            match=r"^the database sqlite:///\S+leads\.db cannot grow: the disk is full\nmake room",
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
