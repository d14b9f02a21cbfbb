"""Tests of leadingest.destinations.sql.dialects.sqlite: what is true of SQLite alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from leadingest.destinations.open_destination import open_destination
from leadingest.errors import DestinationBusyError, DestinationError, DestinationSetupError
from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import MadeUpLoads


def no_folder(folder: Path) -> str:
    return f"sqlite:///{folder}/nowhere/leads.db"


def a_folder(folder: Path) -> str:
    return f"sqlite:///{folder}"


def another_kind(folder: Path) -> str:
    (folder / "leads.db").write_text("company,phone\n" * 100)
    return f"sqlite:///{folder}/leads.db"


def read_only(folder: Path) -> str:
    sqlite3.connect(folder / "leads.db").execute("CREATE TABLE t (a)").connection.close()
    return f"sqlite:///file:{folder}/leads.db?mode=ro&uri=true"


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        (no_folder, "cannot be opened\ncheck that the folder exists"),
        (a_folder, "cannot be opened\ncheck that the folder exists"),
        (another_kind, "is not a SQLite database\nname another file"),
        (read_only, "is read-only\ngive this user permission to write"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_line(
    table: LoadTable, tmp_path: Path, place: Callable[[Path], str], complaint: str
) -> None:
    destination = open_destination(place(tmp_path), table)
    with pytest.raises(DestinationSetupError) as caught:
        destination.prepare()
    destination.close()
    assert complaint in str(caught.value)
    assert caught.value.message.startswith("the database sqlite:///")


def test_two_strokes_are_a_host_and_no_file(table: LoadTable) -> None:
    with pytest.raises(DestinationSetupError, match=r"use three slashes: sqlite:///leads\.db;"):
        open_destination("sqlite://leads.db", table)


def test_a_file_that_another_program_writes_to_is_waited_for_and_then_told(
    table: LoadTable, tmp_path: Path
) -> None:
    loads = MadeUpLoads(f"sqlite:///{tmp_path}/leads.db?timeout=0.01", table)
    loads.destination.prepare()
    loads.load({"company": "old"})
    other = sqlite3.connect(tmp_path / "leads.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DestinationError, match="is in use by another program\nwait until it has finished"):
        loads.load({"company": "new"})
    assert loads.shown() == ["old"]
    other.close()
    loads.load({"company": "new"})
    assert loads.shown() == ["new"]
    loads.destination.close()


def test_nothing_lies_beside_the_file_when_it_is_closed(table: LoadTable, tmp_path: Path) -> None:
    loads = MadeUpLoads(f"sqlite:///{tmp_path}/leads.db", table)
    loads.destination.prepare()
    loads.load({"company": "A"})
    loads.destination.close()
    assert [path.name for path in tmp_path.glob("*.db*")] == ["leads.db"]


def test_decimals_compare_as_numbers(table: LoadTable, tmp_path: Path) -> None:
    loads = MadeUpLoads(f"sqlite:///{tmp_path}/leads.db", table)
    loads.destination.prepare()
    loads.load({"company": "A", "rate": Decimal("9.50")}, {"company": "B", "rate": Decimal("10.00")})
    loads.destination.close()
    connection = sqlite3.connect(tmp_path / "leads.db")
    assert connection.execute("SELECT company FROM made_up WHERE rate > 9.75").fetchall() == [("B",)]
    connection.close()


def test_two_links_to_one_file_have_one_lock(tmp_path: Path, table: LoadTable) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "also.db").symlink_to(tmp_path / "leads.db")
    straight, linked = (
        MadeUpLoads(f"sqlite:///{tmp_path / name}", table) for name in ("leads.db", "links/also.db")
    )
    straight.destination.prepare()
    with straight.destination.ledger.claim("acme"), pytest.raises(DestinationBusyError), linked.started():
        raise AssertionError
    for each in (straight, linked):
        each.destination.close()


@pytest.mark.parametrize(("there", "size"), [("nothing", 16_384), ("a table", 4_096)])
def test_a_new_file_has_large_pages_and_an_older_one_stays_as_it_is(
    table: LoadTable, tmp_path: Path, there: str, size: int
) -> None:
    file = tmp_path / "leads.db"
    if there == "a table":
        sqlite3.connect(file).execute("CREATE TABLE t (a)").connection.close()
    loads = MadeUpLoads(f"sqlite:///{file}", table)
    loads.destination.prepare()
    loads.load({"company": "Elm"})
    assert loads.shown() == ["Elm"]
    loads.destination.close()
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA page_size").fetchone() == (size,)
    connection.close()
