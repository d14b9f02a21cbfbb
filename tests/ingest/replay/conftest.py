"""Places with a database, or with SQLite alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ingest.replay.replay_place import ReplayPlace


@pytest.fixture
def place(tmp_path: Any, database_url: str) -> ReplayPlace:
    place = ReplayPlace(tmp_path, database_url)
    place.mapping()
    return place


@pytest.fixture
def lite(tmp_path: Any, sqlite_url: str) -> ReplayPlace:
    """A place for what has nothing to do with the database."""
    place = ReplayPlace(tmp_path, sqlite_url)
    place.mapping()
    return place
