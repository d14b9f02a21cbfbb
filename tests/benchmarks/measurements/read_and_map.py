"""Reading and mapping alone, beside a script written by hand, and with names and addresses beside the same without."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from tests.benchmarks.figure import Figure, Side, cpu_ratios, ratios
from tests.benchmarks.measure import ROOT, Measured, module
from tests.benchmarks.setting import Setting

_LIMIT, _PARTS_LIMIT = 1.2, 3.0
#: Words that take the cell of a name or an address apart.
_PARTS = {"person", "us_address"}


def figures(setting: Setting) -> Iterator[Figure]:
    """Dry runs without what is compared with other loads."""
    yield _beside_a_script(setting)
    yield _beside_no_parts(setting)


def _beside_a_script(setting: Setting) -> Figure:
    ours: list[Measured] = []
    theirs: list[Measured] = []
    file = setting.delivery()
    for run in range(1, setting.runs + 1):
        command = [*module("unmeasured"), "run", "--source", "source3", "--file", file, "--dry-run"]
        ours.append(setting.measured(command, label=f"read and map, run {run}, leadingest"))
        theirs.append(setting.measured(module("by_hand", file), label=f"read and map, run {run}, by hand"))
    return Figure(
        f"{setting.records:,} records, read and mapped only",
        ratios(ours, theirs),
        (
            Side("leadingest", tuple(ours), setting.records),
            Side("by hand", tuple(theirs), setting.records),
        ),
        budget=f"≤ {_LIMIT} × a polars script written by hand",
        limit=_LIMIT,
    )


def _beside_no_parts(setting: Setting) -> Figure:
    """Source1 has each name and each address in one cell: 4 of 5 names are one person's, all cities are known."""
    file = setting.delivery("source1")
    mapping = yaml.safe_load((ROOT / "mappings/source1.yaml").read_text(encoding="utf-8"))
    fields = mapping["fields"]
    whole = {name: entry for name, entry in fields.items() if _PARTS.isdisjoint(entry)}
    sides: dict[str, list[Measured]] = {"with them": [], "without": []}
    for run in range(1, setting.runs + 1):
        for side, these in (("with them", fields), ("without", whole)):
            folder = setting.folder / f"parts {side}"
            folder.mkdir(exist_ok=True)
            text = yaml.safe_dump(mapping | {"fields": these, "tests": []}, sort_keys=False)
            (folder / "source1.yaml").write_text(text, encoding="utf-8")
            command = [*module("unmeasured"), "run", "--source", "source1", "--file", file, "--dry-run"]
            label = f"read and map, run {run}, names and addresses, {side}"
            sides[side].append(setting.measured([*command, "--mappings", folder], label=label))
    return Figure(
        f"{setting.records:,} records with names and addresses to take apart, read and mapped only",
        cpu_ratios(sides["with them"], sides["without"]),
        tuple(Side(side, tuple(runs), setting.records) for side, runs in sides.items()),
        budget=f"≤ {_PARTS_LIMIT:g} × the CPU of the same without",
        limit=_PARTS_LIMIT,
    )
