"""Do the thorough work only for the values that need it."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from leadingest.tables.let import let


def usually(
    text: pl.Expr, quick: Callable[[pl.Expr], pl.Expr], thorough: Callable[[pl.Expr], pl.Expr]
) -> pl.Expr:
    """`quick(text)`; where that is null, `thorough(text)`, which is worked out for those values alone.

    It is what `pl.coalesce` gives, at less cost: polars computes every part of an expression for every value,
    and nearly all values of a list are written in one usual way. Both functions are elementwise and may use
    nothing but what they are given, and literals; null stays null.
    """
    value, found = pl.field("value"), pl.field("quick")
    given = pl.struct(text.alias("value")).struct.with_fields(quick(value).alias("quick"))
    left = value.is_not_null() & found.is_null()
    result = pl.coalesce(found, spread(let(value.filter(left), thorough), left))
    return given.struct.with_fields(result.alias("result")).struct.field("result")


def spread(outcomes: pl.Expr, marked: pl.Expr) -> pl.Expr:
    """What was worked out for the values marked, and for no others, each at the place of its value; else null."""
    return pl.when(marked).then(outcomes.gather(marked.cum_sum() - 1, null_on_oob=True))
