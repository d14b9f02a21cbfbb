"""A raw CSV, published in a lake in a folder, beside the same in SQLite."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured
from tests.benchmarks.setting import Setting

_LIMIT = 0.5


def figures(setting: Setting) -> Iterator[Figure]:
    """Both into places that hold one load already; in turn."""
    lake, database = setting.folder / "lake", setting.folder / "beside.db"
    loads: dict[str, list[Measured]] = {"lake": [], "SQLite": []}
    for run in range(setting.runs + 1):
        for name, url in (("lake", f"lake:///{lake}"), ("SQLite", f"sqlite:///{database}")):
            label = f"{name}, run {run}" if run else f"{name}, history"
            loaded = setting.load(setting.delivery(seed=run), url, label=label)
            loads[name] += [loaded] if run else []
    shutil.rmtree(lake)
    database.unlink()
    yield Figure(
        f"{setting.records:,} records, CSV to published in a lake in a folder",
        ratios(loads["lake"], loads["SQLite"]),
        tuple(Side(name, tuple(runs), setting.records) for name, runs in loads.items()),
        budget=f"≤ {_LIMIT} × the same into SQLite",
        limit=_LIMIT,
    )
