"""`same_phone`: the number to call first."""

from __future__ import annotations

import polars as pl

from leadingest.comparing.duplicate_rules.base import Columns, DuplicateRule, folded


def _value(columns: Columns) -> pl.Expr:
    return folded(columns, "phone").str.split_exact(" x", 1).struct.field("field_0")


#: Extensions are behind one number, so they do not count.
same_phone = DuplicateRule("same_phone", "the same phone number, extensions aside", ("phone",), _value)
