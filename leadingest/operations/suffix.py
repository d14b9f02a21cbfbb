"""`suffix`: a text behind the value."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.expressions import BLANKS
from leadingest.operations.base import Example, Operation


class Suffix(Operation):
    """Put a text after the value. A blank stays blank."""

    suffix: str = Field(min_length=1)

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (Example('{from: Stars, suffix: " stars"}', (("4", "4 stars"), ("", None))),)

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value + self.suffix.rstrip(BLANKS)
