"""`--format xlsx`: a workbook with a sheet for each group that has leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import polars as pl

from leadingest.comparing.compare_loads import Comparison
from leadingest.outputs.workbook import workbook
from leadingest.reports.diff_formats.groups import (
    ALONE,
    ambiguous_of,
    changes_of,
    counts_of,
    leads_of,
    records_of,
)


def write(comparison: Comparison, file: BinaryIO) -> None:
    """The counts, what changed field by field, and the leads that one load alone has."""
    with workbook(file) as book:
        book.sheet("counts", [_counts(comparison)])
        if comparison.found.changed.height:
            book.sheet("changed", changes_of(comparison))
        for group in ALONE:
            if records_of(comparison, group).height:
                book.sheet(group, leads_of(comparison, group))
        if comparison.ambiguous_keys:
            book.sheet("ambiguous", [ambiguous_of(comparison)])


def _counts(comparison: Comparison) -> pl.DataFrame:
    loads = (comparison.before, comparison.now)
    rows: list[tuple[str, Iterable[object]]] = [
        ("source", [load.source_name for load in loads]),
        ("load", [load.load_id for load in loads]),
        ("file", [load.file_name for load in loads]),
        ("delivered (UTC)", [f"{load.extract_time:%Y-%m-%d %H:%M}" for load in loads]),
        ("matched by", [" and ".join(comparison.key)] * 2),
        *counts_of(comparison).items(),
        *((f"changed: {field}", (None, count)) for field, count in comparison.field_counts.items()),
    ]
    table = [(name, *(None if each is None else str(each) for each in both)) for name, both in rows]
    return pl.DataFrame(table, schema={"": pl.String, "before": pl.String, "now": pl.String}, orient="row")
