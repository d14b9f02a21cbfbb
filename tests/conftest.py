"""Databases for every test that asks for one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import REQUIRED, MissingError, fresh_database, mysql_server


@pytest.fixture(scope="session", name="mysql_server")
def _mysql_server() -> Iterator[sa.URL]:
    """A MySQL or MariaDB server on which everything is allowed: one for each process of tests."""
    try:
        with mysql_server() as url:
            yield url
    except MissingError as error:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"MYSQL CANNOT BE TESTED: {error}", pytrace=False)
        pytest.skip(f"MYSQL IS LEFT OUT: {error}; `make test` installs what it needs")


@pytest.fixture
def mysql_url(mysql_server: sa.URL) -> Iterator[str]:
    """The URL of an empty MySQL database."""
    with fresh_database(mysql_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'leads.db'}"


@pytest.fixture(params=["sqlite", "mysql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: the test runs on SQLite and on MySQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))
