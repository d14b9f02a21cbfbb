"""Databases, for the tests that look at tables with SQL."""

from __future__ import annotations

import pytest


@pytest.fixture
def destination_url(database_url: str) -> str:
    """The URL of an empty database."""
    return database_url
