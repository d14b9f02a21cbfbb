"""`same_license`: the number of the license, in the same state."""

from __future__ import annotations

import polars as pl

from leadingest.comparing.duplicate_rules.base import Columns, DuplicateRule, folded


def _value(columns: Columns) -> pl.Expr:
    return pl.concat_str(pl.col("state"), pl.lit(" "), folded(columns, "license_number"))


same_license = DuplicateRule(
    "same_license", "the same license number in one state", ("license_number", "state"), _value
)
