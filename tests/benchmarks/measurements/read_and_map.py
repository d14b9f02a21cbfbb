"""Reading and mapping alone, beside a polars script that was written by hand for the same source."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.measure import Measured, module
from tests.benchmarks.setting import Setting

_LIMIT = 1.2


def figures(setting: Setting) -> Iterator[Figure]:
    """A dry run without what is compared with other loads, and the script."""
    ours: list[Measured] = []
    theirs: list[Measured] = []
    file = setting.delivery()
    for run in range(1, setting.runs + 1):
        command = [*module("unmeasured"), "run", "--source", "source3", "--file", file, "--dry-run"]
        ours.append(setting.measured(command, label=f"read and map, run {run}, leadingest"))
        theirs.append(setting.measured(module("by_hand", file), label=f"read and map, run {run}, by hand"))
    yield Figure(
        f"{setting.records:,} records, read and mapped only",
        ratios(ours, theirs),
        (
            Side("leadingest", tuple(ours), setting.records),
            Side("by hand", tuple(theirs), setting.records),
        ),
        budget=f"≤ {_LIMIT} × a polars script written by hand",
        limit=_LIMIT,
    )
