"""Work a value out once and use it several times in one expression."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl


def let(value: pl.Expr, body: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """`body(value)`, with `value` evaluated once however often the body names it.

    polars 2.1 evaluates an expression that stands twice inside another one twice, functions above all.
    A field of a struct is evaluated once. The body may use nothing but what it is given, and literals.
    """
    bound = pl.struct(value.alias("value"))
    return bound.struct.with_fields(body(pl.field("value")).alias("result")).struct.field("result")
