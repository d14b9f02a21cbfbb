"""Databases with a made-up load table, for the tests of exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.destinations.made_up import MadeUpLoads, made_up_table


@pytest.fixture
def loads(database_url: str, tmp_path: Path) -> Iterator[MadeUpLoads]:
    """Loads into an empty database that is ready: the test runs on SQLite and on MySQL."""
    made_up = MadeUpLoads(database_url, made_up_table(tmp_path))
    made_up.destination.prepare()
    yield made_up
    made_up.destination.close()
