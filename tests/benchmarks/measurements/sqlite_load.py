"""A raw CSV, published in SQLite, beside `sqlite3 .import` of its finished rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured
from tests.benchmarks.setting import Setting
from tests.benchmarks.sqlite_files import (
    copy_rows,
    import_command,
    refuse_difference,
    sqlite_url,
    write_finished_rows,
)

_LIMIT = 1.3


def figures(setting: Setting) -> Iterator[Figure]:
    """Both into files that hold the same history, in the same tables with the same indexes."""
    ours, theirs = setting.folder / "ours.db", setting.folder / "theirs.db"
    rows = setting.folder / "finished_rows.ascii"
    loaded: list[Measured] = []
    imported: list[Measured] = []
    setting.load(setting.delivery(), sqlite_url(ours), label="SQLite, history")
    copy_rows(ours, theirs)
    for run in range(1, setting.runs + 1):
        label = f"SQLite, run {run}"
        loaded.append(
            setting.load(setting.delivery(seed=run), sqlite_url(ours), label=f"{label}, leadingest")
        )
        write_finished_rows(ours, rows)
        imported.append(setting.measured(import_command(theirs, rows), label=f"{label}, .import"))
    refuse_difference(ours, theirs)
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
