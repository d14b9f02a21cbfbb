"""Run a Python function over a column, once for each distinct value."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

_TEXT = pl.String()


def on_distinct(value: pl.Expr, function: Callable[[str], object], dtype: pl.DataType = _TEXT) -> pl.Expr:
    """What the function makes of each value, as `dtype`; it is called once for each distinct one, never for null."""

    def mapped(column: pl.Series) -> pl.Series:
        known = column.unique().drop_nulls()
        made = pl.Series([function(text) for text in known.to_list()], dtype=dtype)
        places = pl.int_range(known.len(), dtype=pl.UInt32, eager=True)
        return made.gather(column.replace_strict(known, places, default=None))

    return value.map_batches(mapped, return_dtype=dtype, is_elementwise=True)
