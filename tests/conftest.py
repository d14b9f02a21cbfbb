"""Fixtures that many tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import NoServerError, Server, running_server

# A loaded machine is slow, not wrong; and a failure must come back when the suite is run again.
settings.register_profile(
    "leadingest", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("leadingest")


@pytest.fixture(scope="session")
def mysql_server() -> Iterator[Server]:
    """The MySQL or MariaDB server of the session; tests that need it are left out, loudly, where there is none."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except NoServerError as error:
            if os.environ.get("LEADINGEST_TEST_REQUIRE_MYSQL"):
                pytest.fail(f"no MySQL to test with: {error}")
            pytest.skip(f"MYSQL IS NOT TESTED: {error}")
        yield server


@pytest.fixture
def mysql_url(mysql_server: Server) -> Iterator[str]:
    """An empty MySQL database."""
    with mysql_server.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path}/leads.db"


@pytest.fixture(params=["sqlite", "mysql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind in turn."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url
