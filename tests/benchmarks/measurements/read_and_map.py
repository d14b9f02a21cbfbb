"""Reading and mapping alone, beside scripts written by hand, and with names and addresses beside the same without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.by_hand.__main__ import SCRIPTS
from tests.benchmarks.figure import Figure, Side, cpu_ratios, ratios
from tests.benchmarks.made_up.mappings import MAPPINGS, write_without_parts
from tests.benchmarks.measure import Command, Measured, module
from tests.benchmarks.setting import Setting

_LIMIT, _PARTS_LIMIT = 1.1, 3.0
#: MiB that a run may take.
_PEAK_LIMIT = 600
#: Its names and addresses are a cell each: 4 of 5 names are one person's, all cities are known.
_IN_ONE_CELL = "source1"


def figures(setting: Setting) -> Iterator[Figure]:
    """Dry runs without what is compared with other loads."""
    without = write_without_parts(setting.folder / "without_parts", _IN_ONE_CELL)
    for source in SCRIPTS:
        yield _beside_a_script(source, without if source == _IN_ONE_CELL else MAPPINGS, setting)
    yield _beside_no_parts(without, setting)


def _beside_a_script(source: str, mappings: Path, setting: Setting) -> Figure:
    ours: list[Measured] = []
    theirs: list[Measured] = []
    file = setting.delivery(source)
    for run in range(1, setting.runs + 1):
        label = f"read and map {source}, run {run}"
        ours.append(_dry_run(source, file, mappings, setting, label=f"{label}, leadingest"))
        theirs.append(setting.measured(module("by_hand", source, file), label=f"{label}, by hand"))
    left_out = ", without names and addresses to take apart" if mappings != MAPPINGS else ""
    return Figure(
        f"{setting.records:,} records of {source}{left_out}, read and mapped only",
        ratios(ours, theirs),
        (
            Side("leadingest", tuple(ours), setting.records),
            Side("by hand", tuple(theirs), setting.records),
        ),
        budget=f"≤ {_LIMIT} × a polars script written by hand, ≤ {_PEAK_LIMIT} MiB",
        limit=_LIMIT,
        peak_limit=_PEAK_LIMIT,
    )


def _beside_no_parts(without: Path, setting: Setting) -> Figure:
    file = setting.delivery(_IN_ONE_CELL)
    sides: dict[str, list[Measured]] = {"with them": [], "without": []}
    for run in range(1, setting.runs + 1):
        for side, mappings in (("with them", MAPPINGS), ("without", without)):
            label = f"read and map, run {run}, names and addresses, {side}"
            sides[side].append(_dry_run(_IN_ONE_CELL, file, mappings, setting, label=label))
    return Figure(
        f"{setting.records:,} records with names and addresses to take apart, read and mapped only",
        cpu_ratios(sides["with them"], sides["without"]),
        tuple(Side(side, tuple(runs), setting.records) for side, runs in sides.items()),
        budget=f"≤ {_PARTS_LIMIT:g} × the CPU of the same without",
        limit=_PARTS_LIMIT,
    )


def _dry_run(source: str, file: Path, mappings: Path, setting: Setting, *, label: str) -> Measured:
    words: Command = ["run", "--source", source, "--file", file, "--mappings", mappings, "--dry-run"]
    return setting.measured([*module("unmeasured"), *words], label=label)
