"""Databases with a made-up load table, for the tests of destinations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from leadingest.tables.load_table import LoadTable
from tests.databases import ODD, fresh_database, throw_away_server
from tests.destinations.made_up import DATABASES, DESTINATIONS, MadeUpLoads, each_of, made_up_table


@pytest.fixture(scope="session", name="odd_server")
def _odd_server(mysql_server: sa.URL) -> Iterator[sa.URL]:
    """A server whose settings differ from the usual ones in all that a connection may rely on."""
    with throw_away_server(options=ODD) as server:
        yield server.url


@pytest.fixture
def odd_mysql_url(odd_server: sa.URL) -> Iterator[str]:
    """The URL of an empty database on that server."""
    with fresh_database(odd_server) as url:
        yield url


@pytest.fixture(params=each_of(DATABASES))
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: the tests of destinations run on that server as well."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=each_of(DESTINATIONS))
def destination_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty destination."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(name="table")
def _table(tmp_path: Path) -> LoadTable:
    """A load table with a column of every kind."""
    return made_up_table(tmp_path)


@pytest.fixture
def loads(destination_url: str, table: LoadTable) -> Iterator[MadeUpLoads]:
    """Loads into an empty destination that is ready: the test runs on every one."""
    made_up = MadeUpLoads(destination_url, table)
    made_up.destination.prepare()
    yield made_up
    made_up.destination.close()
