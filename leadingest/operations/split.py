"""`split`: one part of a value that is cut at a separator."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.operations.base import INVALID, Example, RecognizingOperation


class Split(RecognizingOperation):
    """Cut the value at each separator and keep one part.

    A value with fewer parts is not recognized.
    """

    split: str = Field(min_length=1)
    part: int = Field(default=1, description="Which part: 1 is the first, 2 the second, -1 the last.")

    problem: ClassVar[str] = "does not have that many parts"
    examples: ClassVar = (
        Example(
            '{from: Type License, split: " - ", part: 2}',
            (("FAMILY - K82", "K82"), ("FAMILY", INVALID)),
        ),
        Example('{from: Caregiver, split: "\\n", part: -1}', (("Ann Reed\n \n Director", "Director"),)),
    )

    @field_validator("part")
    @classmethod
    def _must_count_from_one(cls, part: int) -> int:
        if part == 0:
            raise ValueError("must count from 1, or from -1 for the last")
        return part

    def expr(self, value: pl.Expr) -> pl.Expr:
        index = self.part - 1 if self.part > 0 else self.part
        return value.str.split(self.split).list.get(index, null_on_oob=True)
