"""A raw CSV, published in SQLite, beside `sqlite3 .import` of its finished rows."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import BenchmarkError, Command, Measured
from tests.benchmarks.setting import Setting

_LIMIT = 1.3


def figures(setting: Setting) -> Iterator[Figure]:
    """Both into files that hold the same history, in the same tables with the same indexes."""
    program = shutil.which("sqlite3")
    if not program:
        raise BenchmarkError("there is no program sqlite3 to compare with")
    ours, theirs = setting.folder / "ours.db", setting.folder / "theirs.db"
    rows = setting.folder / "finished_rows.ascii"
    loaded: list[Measured] = []
    imported: list[Measured] = []
    setting.load(setting.delivery(), _url(ours), label="SQLite, history")
    _copy(ours, theirs)
    for run in range(1, setting.runs + 1):
        label = f"SQLite, run {run}"
        loaded.append(setting.load(setting.delivery(seed=run), _url(ours), label=f"{label}, leadingest"))
        _write_finished_rows(program, ours, rows)
        command: Command = [program, "-bail", theirs, ".mode ascii", f".import {rows} lead_sources"]
        imported.append(setting.measured(command, label=f"{label}, .import"))
    _refuse_difference(ours, theirs)
    for file in (ours, theirs, rows):
        file.unlink()
    yield Figure(
        f"{setting.records:,} records, CSV to published in SQLite",
        ratios(loaded, imported),
        (
            Side("leadingest", tuple(loaded), setting.records),
            Side("sqlite3 .import", tuple(imported), setting.records),
        ),
        budget=f"≤ {_LIMIT} × `sqlite3 .import` of the finished rows",
        limit=_LIMIT,
    )


def _url(file: Path) -> str:
    return f"sqlite:///{file}"


def _copy(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, closing(sqlite3.connect(to)) as copy:
        connection.backup(copy)


def _write_finished_rows(program: str, database: Path, file: Path) -> None:
    """The leads of the newest load, in the order of the primary key, with the separators that ASCII has for it."""
    select = (
        "SELECT * FROM lead_sources WHERE load_id = (SELECT MAX(load_id) FROM lead_sources) "
        "ORDER BY load_id, source_record_number"
    )
    with file.open("wb") as opened:
        subprocess.run([program, "-ascii", database, select], stdout=opened, check=True)


def _refuse_difference(ours: Path, theirs: Path) -> None:
    counts = []
    for file in (ours, theirs):
        with closing(sqlite3.connect(file)) as connection:
            counts.append(connection.execute("SELECT COUNT(*) FROM lead_sources").fetchone()[0])
    if counts[0] != counts[1]:
        raise BenchmarkError(f"leadingest loaded {counts[0]} rows, and sqlite3 imported {counts[1]}")
