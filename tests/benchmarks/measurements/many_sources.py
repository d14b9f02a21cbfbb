"""A hundred sources, `run --all`, beside the time in which the database takes the finished rows of them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured, module
from tests.benchmarks.server import Server, copy_tables, load_data, refuse_difference, write_finished_rows
from tests.benchmarks.setting import Setting

#: Records of each source.
_EACH = 10_000
#: Bound by the database, as we read it: no slower than one stream of finished rows.
_LIMIT = 1.0

_ONE_AFTER_THE_OTHER = ("--jobs", "1")


def figures(setting: Setting) -> Iterator[Figure]:
    """On every server: as it runs by itself, and one source after the other."""
    project = setting.folder / "many_sources"
    words = ["--sources", str(setting.sources), "--records", str(_EACH), "--shape", "source3"]
    setting.measured(module("made_up.project", project, *words), label="many sources, made up")
    for server in setting.servers:
        with server.local_infile_kept():
            server.local_infile(True)
            yield _figure((), server, project, setting)
            if setting.knows("run", "--jobs"):
                yield _figure(_ONE_AFTER_THE_OTHER, server, project, setting)


def _figure(options: tuple[str, ...], server: Server, project: Path, setting: Setting) -> Figure:
    rows, records = setting.folder / "finished_rows.tsv", setting.sources * _EACH
    command = " ".join(["run", "--all", *options])
    ours: list[Measured] = []
    theirs: list[Measured] = []
    for run in range(1, setting.runs + 1):
        label = f"{server.name}, {setting.sources} sources, run {run}"
        with server.databases(2) as (url, one):
            ours.append(
                setting.leadingest(*command.split(), url=url, folder=project, label=f"{label}, {command}")
            )
            write_finished_rows(url, rows, all_loads=True)
            copy_tables(url, one, rows=False)
            theirs.append(setting.logged(f"{label}, LOAD DATA", load_data(one, rows)))
            refuse_difference(url, one)
    judged = not options
    return Figure(
        f"{setting.sources} sources of {_EACH:,} records, `{command}` into {server.name}",
        ratios(ours, theirs),
        (Side("leadingest", tuple(ours), records), Side("LOAD DATA", tuple(theirs), records)),
        budget=f"≤ {_LIMIT:g} × one `LOAD DATA` of the finished rows" if judged else "",
        limit=_LIMIT if judged else None,
    )
