"""Run a Python function over a column, once for each distinct value."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl


def on_distinct(value: pl.Expr, function: Callable[[str], str | None]) -> pl.Expr:
    """What the function makes of each value; it is called once for each distinct one, never for null."""

    def mapped(column: pl.Series) -> pl.Series:
        known = column.unique().drop_nulls()
        results = [function(text) for text in known.to_list()]
        made = pl.Series(results, dtype=pl.String)
        return column.replace_strict(known, made, default=None, return_dtype=pl.String)

    return value.map_batches(mapped, return_dtype=pl.String, is_elementwise=True)
