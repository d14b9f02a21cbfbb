"""`in_years`: an age with its unit, in whole years."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import INVALID, Example, RecognisingWord
from leadingest.operations.switch import Switch

_AGE = r"(?i)^([0-9]+(?:\.[0-9]+)?)\s*(days?|d|weeks?|wks?|w|months?|mths?|mons?|mos?|m|years?|yrs?|y)\.?(?:\s*old)?$"

#: How many of a unit make a year, by the letter that the unit begins with.
_IN_A_YEAR = {"d": 365.25, "w": 365.25 / 7, "m": 12.0, "y": 1.0}


class InYears(RecognisingWord):
    """Turn an age with its unit (days, weeks, months, years, in the usual spellings) into completed years.

    A number without a unit is not recognised: it could mean months.
    """

    in_years: Switch

    problem: ClassVar[str] = "is not an age with its unit"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{from: Youngest, in_years: true}",
            (("6 WKS", "0"), ("18 months", "1"), ("4.5 YRS", "4"), ("12 years", "12"), ("7", INVALID)),
            type="integer",
        ),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        number = value.str.extract(_AGE, 1).cast(pl.Float64, strict=False)
        unit = value.str.extract(_AGE, 2).str.slice(0, 1).str.to_lowercase()
        in_a_year = unit.replace_strict(_IN_A_YEAR, default=None, return_dtype=pl.Float64)
        years = (number / in_a_year).floor()
        return years.cast(pl.Int64, strict=False).cast(pl.String)
