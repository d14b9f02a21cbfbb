"""Run a Python function over a column, once for each distinct value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

_TEXT = pl.String()
#: Characters. A name, an address or a phone number is shorter; what libraries take to read a text may grow with the
#: square of its length.
LONGEST: Final = 1000


def on_distinct(
    value: pl.Expr,
    function: Callable[[str], object],
    dtype: pl.DataType = _TEXT,
    *,
    longest: int | None = LONGEST,
) -> pl.Expr:
    """What the function makes of each value, as `dtype`; it is called once for each distinct one, never for null.

    A text of more than `longest` characters is not given to it, and becomes null; None is no limit, for functions
    that take a time in proportion to the text.
    """

    def mapped(column: pl.Series) -> pl.Series:
        known = column.unique().drop_nulls()
        if longest is not None:
            known = known.filter(known.str.len_chars() <= longest)
        made = pl.Series([function(text) for text in known.to_list()], dtype=dtype)
        places = pl.int_range(known.len(), dtype=pl.UInt32, eager=True)
        return made.gather(column.replace_strict(known, places, default=None))

    return value.map_batches(mapped, return_dtype=dtype, is_elementwise=True)
