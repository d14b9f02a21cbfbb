"""Tests of leadingest.destinations.ddl."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from leadingest.destinations.ddl import DIALECTS, ddl_text
from leadingest.errors import UsageError
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.databases import run_sql
from tests.destinations.made_up import MadeUpLoads

DDL = Path(__file__).parents[2] / "ddl"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_sql_that_is_shipped_is_the_sql_of_the_load_table(dialect: str) -> None:
    table = read_load_table(DDL / "lead_sources.yaml")
    assert (DDL / dialect / "lead_sources.sql").read_text() == ddl_text(table, dialect)


def test_an_unknown_dialect_names_the_known_ones(table: LoadTable) -> None:
    with pytest.raises(UsageError, match=r"'mysl'; known: mysql, sqlite; did you mean 'mysql'\?"):
        ddl_text(table, "mysl")


def made_by_hand(table: LoadTable, url: str) -> None:
    """Make the tables as an administrator does who has only the SQL."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.executescript(ddl_text(table, "sqlite"))
        connection.close()
    else:
        run_sql(url, ddl_text(table, "mysql"))


def test_the_sql_can_be_run_again_and_makes_all_that_loading_needs(
    table: LoadTable, database_url: str
) -> None:
    made_by_hand(table, database_url)
    loads = MadeUpLoads(database_url, table)
    loads.destination.prepare()
    loads.load({"company": "A"})
    made_by_hand(table, database_url)
    loads.load({"company": "B"}, source="beta")
    assert loads.shown() == ["A", "B"]
    loads.destination.close()


def schema_in(url: str) -> list[tuple[object, ...]]:
    if url.startswith("mysql"):
        tables = [name for (name,) in run_sql(url, "SHOW TABLES")]
        return [run_sql(url, f"SHOW CREATE TABLE {name}")[0][:2] for name in sorted(tables)]
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    found = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    connection.close()
    return found


def test_the_program_makes_what_the_sql_makes(table: LoadTable, database_url: str) -> None:
    loads = MadeUpLoads(database_url, table)
    loads.destination.prepare()
    loads.destination.close()
    made = schema_in(database_url)
    # Once more by hand: where both say the same, nothing changes.
    made_by_hand(table, database_url)
    assert schema_in(database_url) == made
    assert len([name for name, *_ in made if not str(name).startswith(("ix_", "sqlite_"))]) == 12


def test_the_view_is_made_anew_by_the_sql(table: LoadTable, database_url: str) -> None:
    made_by_hand(table, database_url)
    narrower = replace(table, columns={"company": table.columns["company"]})
    made_by_hand(narrower, database_url)
    loads = MadeUpLoads(database_url, narrower)
    loads.destination.prepare()
    assert "phone" not in loads.destination.leads().columns
    loads.destination.close()


def test_descriptions_are_comments_of_mysql_word_for_word(table: LoadTable, mysql_url: str) -> None:
    made_by_hand(table, mysql_url)
    said = run_sql(
        mysql_url, "SELECT table_comment FROM information_schema.tables WHERE table_name = 'made_up'"
    )
    assert said == [("Made up; 100% of it, \\ and 'quotes' as well.",)]
    columns = run_sql(
        mysql_url,
        "SELECT column_name, column_comment FROM information_schema.columns "
        "WHERE table_name = 'made_up' AND table_schema = DATABASE()",
    )
    assert dict(table.columns).keys() <= dict(columns).keys()
    assert all(dict(columns)[name] == column.about for name, column in table.columns.items())
