"""`digits`: the digits of a value and nothing else."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import INVALID, Example, RecognizingOperation, Switch


class Digits(RecognizingOperation):
    """Keep only the digits, 0 to 9. A value without a digit is not recognized."""

    digits: Switch

    problem: ClassVar[str] = "has no digit"
    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "settles"
    examples: ClassVar = (
        Example("{from: Facility, digits: true}", (("No. 00-417 B", "00417"), ("none", INVALID))),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        found = value.str.replace_all("[^0-9]", "")
        return pl.when(found != "").then(found)
