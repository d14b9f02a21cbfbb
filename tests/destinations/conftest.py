"""Databases with a made-up load table, for the tests of destinations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import MadeUpLoads, made_up_table


@pytest.fixture(name="table")
def _table(tmp_path: Path) -> LoadTable:
    """A load table with a column of every kind."""
    return made_up_table(tmp_path)


@pytest.fixture
def loads(database_url: str, table: LoadTable) -> Iterator[MadeUpLoads]:
    """Loads into an empty database that is ready: the test runs on SQLite and on MySQL."""
    made_up = MadeUpLoads(database_url, table)
    made_up.destination.prepare()
    yield made_up
    made_up.destination.close()
