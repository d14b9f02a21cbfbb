"""A made-up list that is loaded in ranges, and all that a load of it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.ranges import opened_at
from leadingest.destinations.open_destination import open_destination
from leadingest.engine.transform import MappedBatch
from leadingest.ingest.load_delivery import load_delivery
from leadingest.ingest.ranges.range_job import MappedRange, RangeJob, RangeMapper
from leadingest.ingest.result import SourceResult
from leadingest.mapping.models import Mapping
from tests.ingest.made_up_delivery import MAPPING
from tests.loaded_tables import read

TODAY = date(2026, 3, 1)
#: No field compares all records.
OHIO = MAPPING.replace("{from: License, unique: true}", "License")
HEADER = "Name,Phone,Ext,Place,Status,License,Places,E-mail,Kind,Notes\n"
#: What stands in some of the records: faults of all kinds.
FAULTS = (
    'Oak "Tree,740-200-3000,,Athens,Open,A1,12,,Home,\n',
    '"Oak, 2,740-200-3000,,Athens,Open,A1,12,,Home,\n',
    "short,1\n",
    HEADER,
    ",,,,,,,,,\n",
    "Bar None,740-200-3002,,Akron,Open,A3,8,,Bar,\n",
    'Elm,740-200-3001,,Akron,Shut,A7,9,,Home,"two\nlines"\n',
    ",740-200-3003,,Akron,Shut,A4,8,,Home,\n",
    "Fir,,,,Open,A6,many,,Home,\n",
    "Fir,740-20,,,Asleep,A6,5,none,Home,\n",
)


def list_of(number: int) -> str:
    """A list of so many records, some of them broken."""
    lines = [
        f"Oak Tree {at},740-{200 + at % 700}-{at % 9000 + 1000},,Athens,Open,A{at},{at % 40},,Home,\n"
        if at % 7
        else FAULTS[at // 7 % len(FAULTS)]
        for at in range(number)
    ]
    return HEADER + "".join(lines)


class InThisProcess:
    """Maps ranges one after the other."""

    least_size = 0
    name = "1 process"

    def __init__(self, range_size: int) -> None:
        self.range_size = range_size

    def map(self, job: RangeJob, delivery: Delivery) -> Iterator[tuple[MappedRange, MappedBatch | None]]:
        for part in job.plan.ranges:
            rows: dict[str, pl.DataFrame] = {}
            with opened_at(delivery, part.start) as stream:
                mapped = job.map(part, stream, rows.__setitem__)
            yield mapped, mapped.with_rows(rows.__getitem__)


def all_of_a_load(
    folder: Path, mapping: Mapping, delivery: Delivery, ranges: RangeMapper | None
) -> tuple[SourceResult, dict[str, list[dict[str, Any]]]]:
    """Load the delivery into a new database; its result and the rows of all tables, but for times and who has run it."""
    url = f"sqlite:///{folder}/{'ranges' if ranges else 'alone'}.db"
    with closing(open_destination(url, mapping.table)) as destination:
        destination.prepare()
        with destination.ledger.claim(mapping.source) as claim:
            result = load_delivery(
                mapping, delivery, claim, today=TODAY, progress=lambda _: None, ranges=ranges
            )
    of_one_run = ("updated_at", "started_at", "finished_at", "run_by")
    tables = ("lead_sources", "load_rejects", "load_invalid_values", "load_profiles", "load_drift", "loads")
    rows = {table: read(url, f"SELECT * FROM {table} WHERE load_id = {result.load_id}") for table in tables}
    same = {
        table: sorted(
            ({name: value for name, value in row.items() if name not in of_one_run} for row in found),
            key=repr,
        )
        for table, found in rows.items()
    }
    return replace(result, remarks=result.remarks[: -1 if ranges else None]), same
