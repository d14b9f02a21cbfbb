"""Which of the published leads that are one lead is shown, told by polars as the view of a database tells it by SQL."""

from __future__ import annotations

import polars as pl

from leadingest.destinations.leads import BEST_FIRST

#: Why a lead is better than another: by the first of these columns in which they differ.
BETTER_BY = {
    "source_extract_time": "extracted later",
    "filled_fields": "more complete",
    "source_name": "first by source name",
    "source_record_number": "first by record number",
}


def with_shown(leads: pl.DataFrame, shared_keys: pl.Series) -> pl.DataFrame:
    """Published leads with what the view makes of them.

    `leads` has `lead_key`, `name_hash` and the columns that the view chooses by; under `shared_keys` it tells leads with
    other names apart. Added are `shown`, `shared` (whether its key is one of those), `alike` (how many are one lead with
    it, itself included) and, for one that is not shown, `behind_source` and `behind_record`, the lead that is shown in
    its place, and `because`, one of BETTER_BY.
    """
    shared = pl.col("lead_key").is_in(shared_keys.implode()).fill_null(False)
    # A lead without a name is alone under a shared key.
    alone = pl.col("lead_key").is_null() | (shared & pl.col("name_hash").is_null())
    leads = leads.with_row_index("one").with_columns(
        shared.alias("shared"),
        pl.when(alone).then("one").alias("one"),
        pl.when(shared).then("name_hash").alias("of_name"),
    )
    one_lead = ["lead_key", "of_name", "one"]
    columns = [name for name, _ in BEST_FIRST]
    best = (
        leads.sort(columns, descending=[order == "highest" for _, order in BEST_FIRST])
        .group_by(one_lead, maintain_order=True)
        .agg(*(pl.col(name).first().name.prefix("best_") for name in columns), pl.len().alias("alike"))
    )
    whole = leads.join(best, on=one_lead, how="left", maintain_order="left", nulls_equal=True)
    same = pl.all_horizontal(pl.col(name) == pl.col(f"best_{name}") for name in columns)
    because = pl.coalesce(
        pl.when(pl.col(name) != pl.col(f"best_{name}")).then(pl.lit(BETTER_BY[name])) for name in columns
    )
    hidden = [
        pl.when(~same).then(pl.col("best_source_name")).alias("behind_source"),
        pl.when(~same).then(pl.col("best_source_record_number")).alias("behind_record"),
    ]
    judged = whole.with_columns(same.alias("shown"), because.alias("because"), *hidden)
    return judged.drop("one", "of_name", *(f"best_{name}" for name in columns))
