"""`strip`: characters off both ends."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.expressions import BLANKS
from leadingest.operations.base import Example, Operation


class Strip(Operation):
    """Remove these characters, and blanks between them, from both ends of the value."""

    strip: str = Field(min_length=1)

    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "settles"
    examples: ClassVar = (
        Example("""{from: Name, strip: "*'"}""", (("*Pine Tree*", "Pine Tree"), ("**", None))),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.str.strip_chars(self.strip + BLANKS)
