"""`leadingest drift` of a delivery, beside reading and mapping it alone."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, cpu_ratios
from tests.benchmarks.measure import Command, Measured, module
from tests.benchmarks.setting import LEADINGEST, Setting

_LIMIT = 1.3


def figures(setting: Setting) -> Iterator[Figure]:
    """Without a database: the delivery is compared with its mapping alone."""
    words: Command = ["--source", "source3", "--file", setting.delivery()]
    drift: list[Measured] = []
    alone: list[Measured] = []
    for run in range(1, setting.runs + 1):
        command = [LEADINGEST, "drift", *words]
        url = {"LEADINGEST_DATABASE_URL": f"sqlite:///{setting.folder / 'none.db'}"}
        drift.append(setting.measured(command, variables=url, label=f"drift, run {run}"))
        command = [*module("unmeasured"), "run", *words, "--dry-run"]
        alone.append(setting.measured(command, label=f"drift, run {run}, read and mapped only"))
    yield Figure(
        f"`leadingest drift` of {setting.records:,} records",
        cpu_ratios(drift, alone),
        (
            Side("leadingest drift", tuple(drift), setting.records),
            Side("read and mapped only", tuple(alone), setting.records),
        ),
        budget=f"≤ {_LIMIT} × the CPU of reading and mapping",
        limit=_LIMIT,
    )
