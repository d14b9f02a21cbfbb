"""Which of the leads with one lead_key the view shows, and why: its rule, told lead by lead."""

from __future__ import annotations

import polars as pl

from leadingest.destinations.schema.leads import BEST_FIRST

#: Why a lead is better than another: by the first of these columns in which they differ.
BETTER_BY = {
    "source_extract_time": "extracted later",
    "filled_fields": "more complete",
    "source_name": "first by source name",
    "source_record_number": "first by record number",
}


def with_shown(leads: pl.DataFrame) -> pl.DataFrame:
    """Published leads with what the view makes of them.

    `leads` has `lead_key` and the columns that the view chooses by. Added are `shown`, `alike` (how many have its
    lead_key, itself included; 1 without one) and, for one that is not shown, `behind_source` and `behind_record`, the lead
    that is shown in its place, and `because`, one of BETTER_BY.
    """
    columns = [name for name, _ in BEST_FIRST]
    best = (
        leads.drop_nulls("lead_key")
        .sort(columns, descending=[order == "highest" for _, order in BEST_FIRST])
        .group_by("lead_key", maintain_order=True)
        .agg(*(pl.col(name).first().name.prefix("best_") for name in columns), pl.len().alias("alike"))
    )
    whole = leads.join(best, on="lead_key", how="left", maintain_order="left")
    same = pl.all_horizontal(pl.col(name) == pl.col(f"best_{name}") for name in columns).fill_null(True)
    because = pl.coalesce(
        pl.when(pl.col(name) != pl.col(f"best_{name}")).then(pl.lit(BETTER_BY[name])) for name in columns
    )
    hidden = [
        pl.when(~same).then(pl.col("best_source_name")).alias("behind_source"),
        pl.when(~same).then(pl.col("best_source_record_number")).alias("behind_record"),
    ]
    told = whole.with_columns(
        same.alias("shown"), pl.col("alike").fill_null(1), because.alias("because"), *hidden
    )
    return told.drop(f"best_{name}" for name in columns)
