"""What a command costs before its work: `--help`, a run of few records, `lint`; and what each further source costs.

`--help` is measured beside an interpreter that does nothing, the others in time on the processors beside one that
imports the large libraries that a run cannot do without. `python -m tests.benchmarks.import_costs` tells of which
imports it consists.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, Side, cpu_ratios
from tests.benchmarks.made_up.mappings import write_mappings
from tests.benchmarks.made_up.project import write_project
from tests.benchmarks.measure import Command, Measured, measured
from tests.benchmarks.setting import LEADINGEST, Setting

_LIMIT = 0.15
#: Short runs differ more than long ones.
_RUNS = 15
_RECORDS = 100
#: Of the imports, for each further source.
_FURTHER = 0.03


def figures(setting: Setting) -> Iterator[Figure]:
    """All but the last are taken so often that the median means something."""
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
    what = f"`leadingest run` of {_RECORDS} records into"
    yield _beside_imports(f"{what} SQLite", run, 1.4, setting)
    yield _beside_imports(f"{what} a lake", run, 2.0, setting, lake=True)
    lint: Command = [LEADINGEST, "lint"]
    yield _beside_imports("`leadingest lint` of one mapping", [*lint, "mappings/source3.yaml"], 0.3, setting)
    many = setting.folder / "start_up" / "mappings"
    yield _beside_imports(f"`leadingest lint` of {setting.sources} mappings", [*lint, many], 1.5, setting)
    yield _further_sources(setting)


def _imports(*, lake: bool = False) -> Command:
    """What a run imports at least: a lake needs no database."""
    return [sys.executable, "-c", "import polars" if lake else "import polars, sqlalchemy"]


def _variables(setting: Setting, *, lake: bool) -> dict[str, str]:
    """Of a database, or a lake, that is not there yet."""
    database, folder = setting.folder / "start_up.db", setting.folder / "start_up_lake"
    database.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    return {"LEADINGEST_DATABASE_URL": f"lake:///{folder}" if lake else f"sqlite:///{database}"}


def _beside_imports(
    what: str, command: Command, limit: float, setting: Setting, *, lake: bool = False
) -> Figure:
    ours: list[Measured] = []
    theirs: list[Measured] = []
    imports = _imports(lake=lake)
    for _ in range(_RUNS):
        ours.append(measured(command, variables=_variables(setting, lake=lake)))
        theirs.append(measured(imports))
    setting.logged(f"{what}, the last of many", ours[-1])
    return Figure(
        f"{what}, in CPU seconds of the imports",
        cpu_ratios(ours, theirs),
        (Side("leadingest", tuple(ours)), Side("the imports", tuple(theirs))),
        budget=f"≤ {limit:g} × `python -c '{imports[-1]}'`",
        limit=limit,
    )


def _further_sources(setting: Setting) -> Figure:
    """A project of many sources beside one of a single source; the rest is shared among the others."""
    many, one = setting.folder / "start_up_many", setting.folder / "start_up_one"
    write_project(many, sources=setting.sources, records=_RECORDS)
    write_project(one, sources=1, records=_RECORDS)
    ours: list[Measured] = []
    first: list[Measured] = []
    theirs: list[Measured] = []
    run: Command = [LEADINGEST, "run", "--all"]
    imports = _imports()
    for _ in range(setting.runs):
        for folder, runs in ((one, first), (many, ours)):
            runs.append(measured(run, variables=_variables(setting, lake=False), folder=folder))
        theirs.append(measured(imports))
    what = f"each further source of `run --all`, of {_RECORDS} records, into SQLite"
    setting.logged(f"{what}, the last of all", ours[-1])
    further = max(setting.sources - 1, 1)
    return Figure(
        f"{what}, in CPU seconds of the imports",
        tuple(
            (all_of_them.cpu_seconds - single.cpu_seconds) / further / imported.cpu_seconds
            for all_of_them, single, imported in zip(ours, first, theirs, strict=True)
        ),
        (
            Side(f"{setting.sources} sources", tuple(ours)),
            Side("one", tuple(first)),
            Side("the imports", tuple(theirs)),
        ),
        budget=f"≤ {_FURTHER:g} × `python -c '{imports[-1]}'`",
        limit=_FURTHER,
    )
