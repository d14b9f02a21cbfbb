"""`--format xlsx`: a workbook with a sheet for each group that has leads."""

from __future__ import annotations

from dataclasses import asdict
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
    matched_by,
    records_of,
)


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Which loads, the counts, what changed field by field, and the leads that one load alone has."""
    with workbook(file) as book:
        book.sheet("loads", [_loads(comparison)])
        book.sheet("counts", [_counts(comparison)])
        if comparison.found.changed.height:
            fields = [
                {"field": field, **asdict(change)} for field, change in comparison.field_changes.items()
            ]
            book.sheet("changed fields", [pl.DataFrame(fields)])
            book.sheet("changed", changes_of(comparison))
        for group in ALONE:
            if records_of(comparison, group).height:
                book.sheet(group, leads_of(comparison, group))
        if comparison.ambiguous_keys:
            book.sheet("ambiguous", [ambiguous_of(comparison)])


def _loads(comparison: Comparison) -> pl.DataFrame:
    rows = [
        {
            "": name,
            "source": load.source_name,
            "load": load.load_id,
            "file": load.file_name,
            "delivered (UTC)": load.extract_time.replace(tzinfo=None),
            "matched by": matched_by(comparison),
        }
        for name, load in (("before", comparison.before), ("now", comparison.now))
    ]
    return pl.DataFrame(rows)


def _counts(comparison: Comparison) -> pl.DataFrame:
    rows = [(group, *both) for group, both in counts_of(comparison).items()]
    return pl.DataFrame(rows, schema={"": pl.String, "before": pl.Int64, "now": pl.Int64}, orient="row")
