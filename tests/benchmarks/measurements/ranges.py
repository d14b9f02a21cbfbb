"""One large file, some of its records broken, in two processes beside one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.figure import Figure, Side, cpu_ratios
from tests.benchmarks.made_up.broken import broken
from tests.benchmarks.measure import Measured
from tests.benchmarks.setting import Setting

#: What is done → its limit and the rest of its command line.
_WORK: Final[dict[str, tuple[float | None, tuple[str, ...]]]] = {
    "read and mapped only": (None, ("--dry-run",)),
    "into SQLite": (1.25, ()),
}


def figures(setting: Setting) -> Iterator[Figure]:
    """A dry run, and a run into SQLite."""
    file = broken(setting.delivery(), "a cell too few", 0.0005)
    for work, (limit, options) in _WORK.items():
        two: list[Measured] = []
        one: list[Measured] = []
        for run in range(1, setting.runs + 1):
            label = f"ranges, {work}, run {run}"
            two.append(_run(setting, file, ("--jobs", "2", *options), label=f"{label}, two processes"))
            one.append(_run(setting, file, ("--jobs", "1", *options), label=f"{label}, one process"))
        yield Figure(
            f"{setting.records:,} records, 0.05% of them broken, {work}, in 2 processes",
            cpu_ratios(two, one),
            (
                Side("2 processes", tuple(two), setting.records),
                Side("1 process", tuple(one), setting.records),
            ),
            budget=f"≤ {limit} × the CPU of one process" if limit else "",
            limit=limit,
        )
    file.unlink()


def _run(setting: Setting, file: Path, options: tuple[str, ...], *, label: str) -> Measured:
    """A run into a new database each time."""
    database = setting.folder / "ranges.db"
    run = setting.leadingest(
        "run", "--source", "source3", "--file", file, *options, url=f"sqlite:///{database}", label=label
    )
    for left in Path(database.parent).glob(f"{database.name}*"):
        left.unlink()
    return run
