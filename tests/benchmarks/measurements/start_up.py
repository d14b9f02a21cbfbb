"""What a command costs before its work: `--help`, a run of few records, `lint`.

`--help` is measured beside an interpreter that does nothing, the others in time on the processors beside one that
imports the two large libraries that a run cannot do without. `python -m tests.benchmarks.import_costs` tells of which
imports it consists.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, cpu_ratios
from tests.benchmarks.made_up.mappings import write_mappings
from tests.benchmarks.measure import Command, Measured, measured
from tests.benchmarks.setting import LEADINGEST, Setting

_LIMIT = 0.15
#: Short runs differ more than long ones.
_RUNS = 15
_RECORDS = 100
_LIBRARIES: Command = [sys.executable, "-c", "import polars, sqlalchemy"]


def figures(setting: Setting) -> Iterator[Figure]:
    """All are taken so often that the median means something."""
    helped, nothing = [], []
    for _ in range(_RUNS):
        helped.append(measured([LEADINGEST, "--help"]))
        nothing.append(measured([sys.executable, "-c", "pass"]))
    setting.logged("start-up, the last of many", helped[-1])
    yield Figure(
        "`leadingest --help`, above `python -c pass`",
        tuple(one.seconds - other.seconds for one, other in zip(helped, nothing, strict=True)),
        (Side("leadingest --help", tuple(helped)), Side("python -c pass", tuple(nothing))),
        unit="s",
        budget=f"≤ {_LIMIT} s",
        limit=_LIMIT,
    )
    delivery = setting.delivery(records=_RECORDS)
    write_mappings(setting.folder / "start_up", sources=setting.sources)
    run: Command = [LEADINGEST, "run", "--source", "source3", "--file", delivery]
    yield _beside_libraries(f"`leadingest run` of {_RECORDS} records into SQLite", run, 1.4, setting)
    lint: Command = [LEADINGEST, "lint"]
    yield _beside_libraries(
        "`leadingest lint` of one mapping", [*lint, "mappings/source3.yaml"], 0.3, setting
    )
    many = setting.folder / "start_up" / "mappings"
    yield _beside_libraries(f"`leadingest lint` of {setting.sources} mappings", [*lint, many], 1.5, setting)


def _variables(setting: Setting) -> dict[str, str]:
    """Of a database that is not there yet."""
    database = setting.folder / "start_up.db"
    database.unlink(missing_ok=True)
    return {"LEADINGEST_DATABASE_URL": f"sqlite:///{database}"}


def _beside_libraries(what: str, command: Command, limit: float, setting: Setting) -> Figure:
    ours: list[Measured] = []
    theirs: list[Measured] = []
    for _ in range(_RUNS):
        ours.append(measured(command, variables=_variables(setting)))
        theirs.append(measured(_LIBRARIES))
    setting.logged(f"{what}, the last of many", ours[-1])
    return Figure(
        f"{what}, in CPU seconds of the imports",
        cpu_ratios(ours, theirs),
        (Side("leadingest", tuple(ours)), Side("the imports", tuple(theirs))),
        budget=f"≤ {limit:g} × `python -c 'import polars, sqlalchemy'`",
        limit=limit,
    )
