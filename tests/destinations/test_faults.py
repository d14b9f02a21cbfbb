"""Tests of leadingest.destinations.faults: what MySQL says is tested on real servers in test_mysql.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from leadingest.destinations.faults import translated
from leadingest.errors import DestinationError


def test_a_full_disk_is_said_as_such(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/leads.db")
    # As many pages as a small disk would hold.
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 3"))
    with (
        engine.connect() as connection,
        pytest.raises(
            DestinationError, match=r"^the database leads\.db cannot grow: the disk is full\nmake room"
        ),
        translated("leads.db"),
    ):
        connection.exec_driver_sql("CREATE TABLE t AS SELECT zeroblob(100000) AS b")
    engine.dispose()


def test_what_no_driver_raised_stays_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), translated("leads.db"):
        raise ZeroDivisionError
