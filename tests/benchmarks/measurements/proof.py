"""A whole run into SQLite, every block proven well-formed, beside the same run without the proof."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

from tests.benchmarks.figure import Figure, Side, ratios
from tests.benchmarks.made_up.quoted import Quoted, quoted_as
from tests.benchmarks.measure import Command, Measured, module
from tests.benchmarks.setting import LEADINGEST, Setting

_LIMIT: Final = 1.05


def figures(setting: Setting) -> Iterator[Figure]:
    """A list of which no cell is quoted, those that need it, and all."""
    for quoted in get_args(Quoted):
        file = quoted_as(setting.delivery(), quoted, line_ends=False)
        with_it: list[Measured] = []
        without: list[Measured] = []
        for run in range(1, setting.runs + 1):
            label = f"proof, cells quoted: {quoted}, run {run}"
            with_it.append(_run(setting, [LEADINGEST], file, label=f"{label}, with it"))
            without.append(_run(setting, module("unproven"), file, label=f"{label}, without"))
        file.unlink()
        yield Figure(
            f"{setting.records:,} records into SQLite, cells quoted: {quoted}",
            ratios(with_it, without),
            (
                Side("leadingest", tuple(with_it), setting.records),
                Side("without its proof", tuple(without), setting.records),
            ),
            budget=f"≤ {_LIMIT} × the run without the proof of well-formed blocks",
            limit=_LIMIT,
        )


def _run(setting: Setting, program: Command, file: Path, *, label: str) -> Measured:
    """A run into a new database each time."""
    database = setting.folder / "proof.db"
    done = setting.measured(
        [*program, "run", "--source", "source3", "--file", file],
        label=label,
        variables={"LEADINGEST_DATABASE_URL": f"sqlite:///{database}"},
    )
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    return done
