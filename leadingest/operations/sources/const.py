"""`const`: the same value for every record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import polars as pl

from leadingest.operations.base import Example, FieldValue
from leadingest.operations.sources.base import Source


class Const(Source):
    """Give every record the same value. With `when`, only records that meet the condition."""

    const: FieldValue

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (Example("{const: NV}", (({}, "NV"),)),)

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.lit(self.const, pl.String)
