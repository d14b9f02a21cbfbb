"""`default`: what stands in for a blank."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import Example, FieldValue, Operation


class Default(Operation):
    """Replace a blank with this value. It never replaces a value that could not be read."""

    default: FieldValue

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (Example('{from: Country, default: "US"}', (("", "US"), ("CA", "CA"))),)

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.fill_null(self.default)
