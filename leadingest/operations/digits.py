"""`digits`: the digits of a value and nothing else."""

from __future__ import annotations

from typing import ClassVar, Literal

import polars as pl
from pydantic import field_validator

from leadingest.operations.base import INVALID, Example, RecognisingWord


class Digits(RecognisingWord):
    """Keep only the digits, 0 to 9. A value without a digit is not recognised."""

    digits: Literal[True]

    problem: ClassVar[str] = "has no digit"
    examples: ClassVar = (
        Example("{from: Facility, digits: true}", (("No. 00-417 B", "00417"), ("none", INVALID))),
    )

    @field_validator("digits", mode="before")
    @classmethod
    def _must_be_true(cls, value: object) -> object:
        if value not in ("true", True):
            raise ValueError("must be true, or not be there")
        return True

    def expr(self, value: pl.Expr) -> pl.Expr:
        found = value.str.replace_all("[^0-9]", "")
        return pl.when(found != "").then(found)
