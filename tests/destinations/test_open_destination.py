"""Tests of leadingest.destinations.open_destination."""

from __future__ import annotations

import sys

import pytest

from leadingest.destinations.open_destination import open_destination
from leadingest.destinations.shown_url import shown_url
from leadingest.errors import ConfigurationError, DestinationSetupError
from leadingest.tables.load_table import LoadTable


def complaint(url: str, table: LoadTable) -> str:
    with pytest.raises(DestinationSetupError) as caught:
        open_destination(url, table)
    assert "hunter2" not in str(caught.value)
    return str(caught.value)


def test_an_unknown_database_names_the_known_ones(table: LoadTable) -> None:
    output = complaint("mysqll://ann:hunter2@db/leads", table)
    assert output == (
        "mysqll:// databases are not supported; supported: sqlite, mysql, mariadb, lake, s3, gs, az; "
        "did you mean 'mysql'?"
    )


@pytest.mark.parametrize("url", ["hunter2", "leads.db", "mysql://ann:hunter2@db:port/leads", ""])
def test_what_is_no_url_is_not_repeated(table: LoadTable, url: str) -> None:
    assert complaint(url, table).startswith("the database URL is not valid\nexamples: sqlite:///leads.db")


def test_the_driver_in_a_sqlite_url_does_not_matter(table: LoadTable) -> None:
    open_destination("sqlite+anything:///leads.db", table).close()


@pytest.mark.parametrize("url", ["lake://", "lake:///", "lake://leads"])
def test_a_lake_in_a_folder_names_it(table: LoadTable, url: str) -> None:
    assert complaint(url, table).startswith(
        "the URL of a lake in a folder names no folder\nuse three slashes"
    )


def test_credentials_in_the_url_of_a_lake_are_refused_and_not_repeated(table: LoadTable) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_destination("s3://ann:hunter2@leads/lake", table)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("lake:///leads", "lake:///leads"),
        ("s3://leads/lake", "s3://leads/lake"),
        ("s3://ann:hunter2@leads/lake", "(not a database URL)"),
        ("mysql://ann:hunter2@db/leads", "mysql://ann:***@db/leads"),
    ],
)
def test_what_is_shown_of_a_url_is_no_secret(url: str, shown: str) -> None:
    assert shown_url(url) == shown


@pytest.mark.parametrize("scheme", ["mysql", "mysql+mysqldb", "mariadb", "mariadb+mysqldb"])
def test_a_mysql_url_must_name_a_database(table: LoadTable, scheme: str) -> None:
    output = complaint(f"{scheme}://ann:hunter2@db", table)
    assert output.startswith(f"the database URL {scheme}://ann:***@db does not name a database\n")


def test_mysql_without_its_driver_says_how_to_install_it(
    table: LoadTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "MySQLdb", None)
    lines = complaint("mysql://ann:hunter2@db/leads", table).splitlines()
    assert lines[0] == "MySQL requires the driver mysqlclient, which is not installed"
    assert [line.strip() for line in lines[2:]] == [
        "apt-get install -y build-essential python3-dev pkg-config libmariadb-dev",
        "pip install 'leadingest[mysql]'",
    ]
