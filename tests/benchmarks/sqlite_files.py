"""SQLite files: finished rows out of one, by its own program into another."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tests.benchmarks.measure import BenchmarkError, Command


def sqlite_program() -> str:
    """SQLite's own program. Raises BenchmarkError where there is none."""
    program = shutil.which("sqlite3")
    if not program:
        raise BenchmarkError("there is no program sqlite3 to compare with")
    return program


def sqlite_url(file: Path) -> str:
    """The file as the program is told of it."""
    return f"sqlite:///{file}"


def copy_rows(file: Path, to: Path) -> None:
    """Copy a file as it is."""
    with closing(sqlite3.connect(file)) as connection, closing(sqlite3.connect(to)) as copy:
        connection.backup(copy)


def copy_schema(file: Path, to: Path) -> None:
    """Make the tables, indexes and views of one file in another, which is new."""
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    with closing(sqlite3.connect(file)) as connection, closing(sqlite3.connect(to)) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
        for (statement,) in connection.execute(made):
            copy.execute(statement)
        copy.commit()


def write_finished_rows(database: Path, file: Path, *, all_loads: bool = False) -> None:
    """Write the leads of the newest load, or of all, in the order of the primary key, with the separators of ASCII."""
    wanted = "" if all_loads else "WHERE load_id = (SELECT MAX(load_id) FROM lead_sources) "
    select = f"SELECT * FROM lead_sources {wanted}ORDER BY load_id, source_record_number"
    with file.open("wb") as opened:
        subprocess.run([sqlite_program(), "-ascii", database, select], stdout=opened, check=True)


def import_command(database: Path, rows: Path) -> Command:
    """The program's command that takes the rows in."""
    return [sqlite_program(), "-bail", database, ".mode ascii", f".import {rows} lead_sources"]


def refuse_difference(ours: Path, theirs: Path) -> None:
    """Raise BenchmarkError unless both have as many leads."""
    counts = []
    for file in (ours, theirs):
        with closing(sqlite3.connect(file)) as connection:
            counts.append(connection.execute("SELECT COUNT(*) FROM lead_sources").fetchone()[0])
    if counts[0] != counts[1]:
        raise BenchmarkError(f"leadingest loaded {counts[0]} rows, and sqlite3 imported {counts[1]}")
