"""Do the thorough work only for the values that need it."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

_TEXT = pl.String()


def usually(
    value: pl.Expr,
    quick: Callable[[pl.Expr], pl.Expr],
    thorough: Callable[[pl.Expr], pl.Expr],
    dtype: pl.DataType = _TEXT,
) -> pl.Expr:
    """`quick(value)`; where that is null, `thorough(value)`, which is worked out for those values alone.

    It is what `pl.coalesce` gives, at less cost: polars computes every part of an expression for every value,
    and nearly all values of a list are written in one usual way. Both functions are elementwise, give values
    of the type `dtype`, and may use nothing but what they are given, and literals; null stays null.
    """
    given, found = pl.col("given"), pl.col("found")
    first, second = quick(given).alias("found"), thorough(given).alias("found")
    left = pl.arg_where(given.is_not_null() & found.is_null())

    def work_out(values: pl.Series) -> pl.Series:
        frame = values.alias("given").to_frame().with_columns(first)
        rows = frame.select(left).to_series()
        if rows.is_empty():
            return frame["found"]
        more = frame[rows].select(second).to_series()
        return _scattered(frame["found"], rows, more)

    return value.map_batches(work_out, return_dtype=dtype, is_elementwise=True)


def _scattered(values: pl.Series, rows: pl.Series, others: pl.Series) -> pl.Series:
    """The values, with the others in place of those in these rows."""
    if not values.dtype.is_nested():
        return values.scatter(rows, others)
    # polars 2.1 scatters no structs; to gather all of them costs more.
    each = pl.int_range(len(values), dtype=pl.UInt32, eager=True)
    places = each.scatter(rows, pl.int_range(len(rows), dtype=pl.UInt32, eager=True) + len(values))
    return values.append(others).gather(places)
