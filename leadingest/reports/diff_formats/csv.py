"""`--format csv`: a row for each field of a lead that differs between the two loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from leadingest.comparing.compare_loads import Comparison
from leadingest.comparing.match import RECORD
from leadingest.outputs.formulas import harmless
from leadingest.reports.diff_formats.groups import ALONE, changes_of, leads_of, records_of


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Changed leads first, then those that one load alone has, with every field that has a value, then ambiguous ones."""
    keys = [f"key {name}" for name in comparison.key]
    shape = {
        "change": pl.String(),
        **dict.fromkeys(keys, pl.String()),
        "record before": pl.Int64(),
        "record now": pl.Int64(),
        **dict.fromkeys(("field", "value before", "value now"), pl.String()),
    }
    file.write(pl.DataFrame(schema=shape).write_csv().encode())
    for some in _rows(comparison):
        whole = some.with_columns(
            pl.lit(None, kind).alias(name) for name, kind in shape.items() if name not in some.columns
        )
        rows = harmless(whole.select(pl.col(name).cast(kind) for name, kind in shape.items()))
        # Not written by polars: a reader that goes away is Python's BrokenPipeError, and ends the command quietly.
        file.write(rows.write_csv(include_header=False).encode())


def _rows(comparison: Comparison) -> Iterator[pl.DataFrame]:
    for changes in changes_of(comparison):
        yield changes.with_columns(change=pl.lit("changed"))
    for group in ALONE:
        when = "before" if group == "removed" else "now"
        keys = records_of(comparison, group).rename({name: f"key {name}" for name in comparison.key})
        for leads in leads_of(comparison, group):
            cells = leads.cast(dict.fromkeys(comparison.fields, pl.String())).unpivot(
                index="record", variable_name="field", value_name=f"value {when}"
            )
            yield (
                cells.drop_nulls(f"value {when}")
                .join(keys, left_on="record", right_on=RECORD)
                .sort("record", maintain_order=True)
                .rename({"record": f"record {when}"})
                .with_columns(change=pl.lit(group))
            )
    ambiguous = comparison.found.ambiguous.rename({name: f"key {name}" for name in comparison.key})
    for when in ("before", "now"):
        of_load = ambiguous.filter(pl.col("load") == when).rename({RECORD: f"record {when}"})
        yield of_load.with_columns(change=pl.lit("ambiguous"))
