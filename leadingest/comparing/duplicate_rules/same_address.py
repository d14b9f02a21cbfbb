"""`same_address`: the street and the unit, in the same ZIP code."""

from __future__ import annotations

import polars as pl

from leadingest.comparing.duplicate_rules.base import Columns, DuplicateRule, folded
from leadingest.tables.comparison import fold_street


def _value(columns: Columns) -> pl.Expr:
    unit = pl.concat_str(pl.lit(" "), folded(columns, "address2")).fill_null("")
    street = fold_street(pl.concat_str(folded(columns, "address1"), unit))
    return pl.concat_str(street, pl.lit(", "), folded(columns, "zip"))


#: Addresses are compared as in the lead_key: NORTH OAK STREET, SUITE 4 is N. Oak St. #4.
same_address = DuplicateRule(
    "same_address", "the same street address in one ZIP code", ("address1", "address2", "zip"), _value
)
