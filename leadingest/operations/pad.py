"""`pad`: characters in front, up to a length."""

from __future__ import annotations

from typing import Annotated, ClassVar

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, field_validator

from leadingest.operations.base import Example, Operation, without_blanks

#: How many characters.
Length = Annotated[int, Field(ge=1, le=1000)]


class Padding(BaseModel):
    """Length of the value, and the character to put in front of it."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", populate_by_name=True)

    to: Length = Field(description="Number of characters that the value must have.")
    filler: str = Field(
        default="0",
        alias="with",
        min_length=1,
        max_length=1,
        description="The character to put in front of it.",
    )

    @field_validator("filler")
    @classmethod
    def _must_be_seen(cls, filler: str) -> str:
        if not without_blanks(filler):
            raise ValueError("must not be a blank: blanks at the ends of values are removed")
        return filler


class Pad(Operation):
    """Put zeros in front of a shorter value until it has this length.

    `pad: {to: 8, with: "*"}` uses another character. A longer value is not changed.
    """

    pad: Padding

    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "settles"
    examples: ClassVar = (
        Example("{from: Facility, pad: 6}", (("417", "000417"), ("1234567", "1234567"))),
        Example('{from: Facility, pad: {to: 4, with: "x"}}', (("7", "xxx7"),)),
    )

    @field_validator("pad", mode="before", json_schema_input_type=Length | Padding)
    @classmethod
    def _a_length_alone(cls, value: object) -> object:
        return {"to": value} if isinstance(value, str | int) else value

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.str.pad_start(self.pad.to, self.pad.filler)
