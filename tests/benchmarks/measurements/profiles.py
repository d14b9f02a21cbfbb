"""What the profiles of columns and leads cost: with them, beside the same without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.figure import Figure, Side, cpu_ratios
from tests.benchmarks.measure import Command, Measured, module
from tests.benchmarks.setting import LEADINGEST, Setting

#: What is done → its limit and the rest of its command line.
_WORK: Final[dict[str, tuple[float, tuple[str, ...]]]] = {
    "read and mapped only": (1.10, ("--dry-run",)),
    "into SQLite": (1.05, ()),
}


def figures(setting: Setting) -> Iterator[Figure]:
    """A dry run, and a run into SQLite."""
    for work, (limit, options) in _WORK.items():
        with_them: list[Measured] = []
        without: list[Measured] = []
        for run in range(1, setting.runs + 1):
            label = f"profiles, {work}, run {run}"
            with_them.append(_run(setting, [LEADINGEST], options, label=f"{label}, with them"))
            without.append(_run(setting, module("unmeasured"), options, label=f"{label}, without"))
        yield Figure(
            f"{setting.records:,} records, {work}, with profiles",
            cpu_ratios(with_them, without),
            (
                Side("leadingest", tuple(with_them), setting.records),
                Side("without its profiles", tuple(without), setting.records),
            ),
            budget=f"≤ {limit} × the CPU of the same without profiles",
            limit=limit,
        )


def _run(setting: Setting, program: Command, options: tuple[str, ...], *, label: str) -> Measured:
    """A run into a new database each time."""
    database = setting.folder / "profiles.db"
    done = setting.measured(
        [*program, "run", "--source", "source3", "--file", setting.delivery(), *options],
        label=label,
        variables={"LEADINGEST_DATABASE_URL": f"sqlite:///{database}"},
    )
    for left in Path(database.parent).glob(f"{database.name}*"):
        left.unlink()
    return done
