"""Loads every source of a project into a lake in a folder, and repeats that load week after week, as a scheduled run does.

python -m tests.benchmarks.year_of_loads PROJECT LAKE LOADS

The first load of each source is a run. Those behind it are what a run leaves: a number, an entry of the ledger that is
published, and a commit of the Delta table. Their files are those of the first under names of their own, so that 5,200
loads are made in minutes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from leadingest import Project
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.numbers import Owner
from leadingest.destinations.lake.state import SourceLedger
from leadingest.destinations.provenance import aware, now
from leadingest.stores.open_store import open_store
from leadingest.tables.load_table import read_load_table
from tests.benchmarks.measure import ROOT


def main() -> None:
    """The settings name the same lake."""
    project, folder, loads = sys.argv[1:]
    results = Project.open(project).run(jobs=1)
    assert {result.status for result in results} == {"loaded"}, results
    lake = Lake(open_store(Path(folder)), read_load_table(ROOT / "ddl" / "lead_sources.yaml"))
    last = max(result.load_id or 0 for result in results)
    for week in range(1, int(loads)):
        for place, result in enumerate(results, 1):
            repeat(lake, Path(folder), result.source, last + (week - 1) * len(results) + place)
    # A run keeps the keys of what is published, so that the next one has not to read all that was repeated.
    Project.open(project, sent_before="publish").run(results[0].source, again=True)


def repeat(lake: Lake, folder: Path, source: str, load_id: int) -> None:
    """Publish the newest load of the source once more, under this number."""
    lake.numbers.take(load_id, Owner(table=lake.table.name, source=source))

    def repeated(state: SourceLedger) -> SourceLedger:
        newest, files = state.loads[-1], {}
        for kind, file in newest.files.items():
            key = lake.layout.data(kind, source, load_id)
            (folder / key).parent.mkdir(parents=True)
            os.link(folder / file.key, folder / key)
            files[kind] = file.model_copy(update={"key": key})
        at = aware(now())
        entry = newest.changed(load_id=load_id, files=files, started_at=at, finished_at=at)
        return state.with_entry(entry).publish(load_id, at)

    lake.ledgers.change(source, repeated)


if __name__ == "__main__":
    main()
