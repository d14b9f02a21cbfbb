"""A hundred sources, `run --all`, beside the time in which the database takes the finished rows of them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import sqlite_files
from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured, module
from tests.benchmarks.server import (
    Server,
    copy_tables,
    halves,
    load_data,
    refuse_difference,
    write_finished_rows,
)
from tests.benchmarks.setting import Setting

#: Records of each source.
_EACH = 10_000
#: Bound by the database, as we read it: no slower than one stream of finished rows.
_ONE_LIMIT = 1.0
#: Beside as many streams as the run has, where each of them costs the server more.
_TWO_LIMIT = 1.2
_SQLITE_LIMIT = 1.2

_ONE_AFTER_THE_OTHER = ("--jobs", "1")
_ONE, _TWO = "LOAD DATA", "two LOAD DATA at once"


def figures(setting: Setting) -> Iterator[Figure]:
    """Into SQLite; and on every server, as it runs by itself, and one source after the other."""
    project = setting.folder / "many_sources"
    words = ["--sources", str(setting.sources), "--records", str(_EACH), "--shape", "source3"]
    setting.measured(module("made_up.project", project, *words), label="many sources, made up")
    yield _into_sqlite(project, setting)
    for server in setting.servers:
        with server.local_infile_kept():
            server.local_infile(True)
            yield from _into_server((), server, project, setting)
            if setting.knows("run", "--jobs"):
                yield from _into_server(_ONE_AFTER_THE_OTHER, server, project, setting)


def _what(options: tuple[str, ...], database: str, setting: Setting) -> str:
    return f"{setting.sources} sources of {_EACH:,} records, `{_command(options)}` into {database}"


def _command(options: tuple[str, ...]) -> str:
    return " ".join(["run", "--all", *options])


def _into_sqlite(project: Path, setting: Setting) -> Figure:
    ours, theirs = setting.folder / "ours.db", setting.folder / "theirs.db"
    rows, records = setting.folder / "finished_rows.ascii", setting.sources * _EACH
    loaded: list[Measured] = []
    imported: list[Measured] = []
    for run in range(1, setting.runs + 1):
        label = f"SQLite, {setting.sources} sources, run {run}"
        url = sqlite_files.sqlite_url(ours)
        loaded.append(setting.leadingest("run", "--all", url=url, folder=project, label=label))
        sqlite_files.write_finished_rows(ours, rows, all_loads=True)
        sqlite_files.copy_schema(ours, theirs)
        command = sqlite_files.import_command(theirs, rows)
        imported.append(setting.measured(command, label=f"{label}, .import"))
        sqlite_files.refuse_difference(ours, theirs)
        for file in (ours, theirs, rows):
            file.unlink()
    return Figure(
        _what((), "SQLite", setting),
        ratios(loaded, imported),
        (Side("leadingest", tuple(loaded), records), Side("sqlite3 .import", tuple(imported), records)),
        budget=f"≤ {_SQLITE_LIMIT:g} × `sqlite3 .import` of the finished rows",
        limit=_SQLITE_LIMIT,
    )


def _into_server(
    options: tuple[str, ...], server: Server, project: Path, setting: Setting
) -> Iterator[Figure]:
    """Beside one `LOAD DATA`; as it runs by itself, beside two at once as well."""
    rows, records = setting.folder / "finished_rows.tsv", setting.sources * _EACH
    ours: list[Measured] = []
    one: list[Measured] = []
    two: list[Measured] = []
    for run in range(1, setting.runs + 1):
        label = f"{server.name}, {setting.sources} sources, run {run}"
        with server.databases(3) as (url, other, another):
            name = f"{label}, {_command(options)}"
            ours.append(setting.leadingest(*_command(options).split(), url=url, folder=project, label=name))
            write_finished_rows(url, rows, all_loads=True)
            copy_tables(url, other, rows=False)
            one.append(setting.logged(f"{label}, {_ONE}", load_data(other, rows)))
            refuse_difference(url, other)
            if not options:
                copy_tables(url, another, rows=False)
                two.append(setting.logged(f"{label}, {_TWO}", load_data(another, *halves(rows))))
    what, side = _what(options, server.name, setting), Side("leadingest", tuple(ours), records)
    if options:
        yield Figure(what, ratios(ours, one), (side, Side(_ONE, tuple(one), records)))
        return
    yield Figure(
        what,
        ratios(ours, one),
        (side, Side(_ONE, tuple(one), records)),
        budget=f"≤ {_ONE_LIMIT:g} × one `LOAD DATA` of the finished rows",
        limit=_ONE_LIMIT,
    )
    yield Figure(
        f"{what}, by as many connections",
        ratios(ours, two),
        (side, Side(_TWO, tuple(two), records)),
        budget=f"≤ {_TWO_LIMIT:g} × two `LOAD DATA` at once, each half of the finished rows",
        limit=_TWO_LIMIT,
    )
