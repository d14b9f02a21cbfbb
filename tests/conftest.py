"""What all tests share: how hypothesis searches, and a database for every test that asks for one."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from leadingest.destinations.lake import ledgers
from tests import compiled_statements
from tests.browser import LEFT_OUT as BROWSER_LEFT_OUT
from tests.cloud.aws import CREDENTIALS
from tests.databases import REQUIRED, MissingError, fresh_database, mysql_server
from tests.object_storage import Bucket, s3_server
from tests.scratch import use_memory
from tests.warm_starts import WarmStarts, warm_starts

if TYPE_CHECKING:
    from tests.destinations.made_up import MadeUpLoads

# A loaded machine is slow, not wrong; and a failure must come back when the suite is run again.
# Few examples keep the suite short; `pytest --hypothesis-profile=thorough` takes twenty times as many.
settings.register_profile(
    "leadingest",
    deadline=None,
    derandomize=True,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("thorough", settings.get_profile("leadingest"), max_examples=500)
settings.load_profile("leadingest")

compiled_statements.share()
use_memory()

# What a command prints must not depend on the terminal that the tests are run in.
os.environ.pop("COLUMNS", None)


LEFT_OUT = "MYSQL IS LEFT OUT"


@pytest.fixture(scope="session", name="mysql_server")
def _mysql_server() -> Iterator[sa.URL]:
    """A MySQL or MariaDB server on which everything is allowed: one for each process of tests."""
    try:
        with mysql_server() as url:
            yield url
    except MissingError as error:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"MYSQL CANNOT BE TESTED: {error}", pytrace=False)
        pytest.skip(f"{LEFT_OUT}: {error}")


@pytest.fixture(scope="session", name="s3_server")
def _s3_server() -> Iterator[str]:
    """The address of a server of S3: one for each process of tests."""
    with s3_server() as url:
        yield url


@pytest.fixture(scope="session", name="warm")
def _warm() -> Iterator[WarmStarts]:
    """What starts processes that have imported leadingest."""
    with warm_starts() as warm:
        yield warm


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Bucket:
    """An empty bucket that the program can use; with `versions` as parameter it keeps them."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up-secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    name = f"bucket-{token_hex(6)}"
    return Bucket(s3_server, name, versions=getattr(request, "param", "") == "versions")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Every other process begins at the end: in a fresh clone each compiles one half of the modules, not both all of them."""
    report = yield
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if isinstance(collector, pytest.Dir) and int(process) % 2:
        report.result.reverse()
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the whole program come first: they take longest, and all processes are to end together."""
    items.sort(key=lambda item: (item.path.parent != Path(__file__).parent, item.path))


def pytest_collection_finish() -> None:
    """What is there now stays: the garbage collector need not look at all tests and modules again and again."""
    gc.collect()
    gc.freeze()
    # Most of what the tests make is no garbage that only the collector finds.
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once and loudly that MySQL, or the browser, was not tested, beside the line for every test."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.getreports("skipped")]
    for left_out in (LEFT_OUT, BROWSER_LEFT_OUT):
        if skipped := [reason for reason in reasons if left_out in reason]:
            terminalreporter.section(f"{left_out}, {len(skipped)} tests", sep="*", red=True, bold=True)
            terminalreporter.write_line(f"{skipped[0]}; `make test` installs what it needs", red=True)


@pytest.fixture
def mysql_url(mysql_server: sa.URL) -> Iterator[str]:
    """The URL of an empty MySQL database."""
    with fresh_database(mysql_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'leads.db'}"


@pytest.fixture
def lake_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a lake in a folder that is not there yet.

    Nothing has to survive a crash here, so nothing waits for the disk; and what other engines read has tests of its own.
    """
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(ledgers.Ledgers, "reconcile", lambda *_: True)
    return f"lake:///{tmp_path / 'lake'}"


@pytest.fixture(params=["sqlite", "mysql", "lake"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: the test runs on SQLite, on MySQL and on a lake."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "mysql"])
def sql_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty SQL database, for a test that looks at its tables."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def loads(database_url: str, tmp_path: Path) -> Iterator[MadeUpLoads]:
    """Loads into an empty database with a made-up load table, which is ready."""
    from tests.destinations.made_up import MadeUpLoads, made_up_table

    made_up = MadeUpLoads(database_url, made_up_table(tmp_path))
    made_up.destination.prepare()
    yield made_up
    made_up.destination.close()


@pytest.fixture
def aws(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The variables by which programs find the server, which speaks SQS as well; this process finds it, too."""
    variables = {**CREDENTIALS, "AWS_ENDPOINT_URL": s3_server}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables
