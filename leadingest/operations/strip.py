"""`strip`: characters off both ends."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.operations.base import Example, Word


class Strip(Word):
    """Take these characters off both ends of the value. White space is taken off in any case."""

    strip: str = Field(min_length=1)

    examples: ClassVar = (
        Example("""{from: Name, strip: "*'"}""", (("*Pine Tree*", "Pine Tree"), ("**", None))),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.str.strip_chars(self.strip).str.strip_chars()
