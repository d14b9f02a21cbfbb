"""`unescape`: HTML's way of writing characters, undone."""

from __future__ import annotations

import html
from typing import ClassVar, Literal

import polars as pl

from leadingest.expressions import on_distinct
from leadingest.operations.base import Example, Operation


class Unescape(Operation):
    """Convert HTML character references to the characters they represent."""

    unescape: Literal["html"]

    examples: ClassVar = (
        Example("{from: Name, unescape: html}", (("Pine &amp; Oak", "Pine & Oak"), ("A & B", "A & B"))),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        escaped = pl.when(value.str.contains("&", literal=True)).then(value)
        return pl.coalesce(on_distinct(escaped, _unescaped, longest=None), value)


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:
        # A reference with thousands of digits is none, and Python refuses to make a number of it.
        return text
