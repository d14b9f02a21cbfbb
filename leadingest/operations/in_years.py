"""`in_years`: an age with its unit, in whole years."""

from __future__ import annotations

from typing import ClassVar, Final

import polars as pl

from leadingest.operations.base import INVALID, Example, RecognizingOperation, Switch

#: How the units of an age are written, as regular expressions, from the largest to the smallest.
UNITS: Final = {
    "years": r"(?:years?|yrs?|y/?o|y)",
    "months": r"(?:months?|mths?|mons?|mos?|m)",
    "weeks": r"(?:weeks?|wks?|w)",
    "days": r"(?:days?|d)",
}
#: How many of a unit make a year, as people count: 52 weeks are one, and 365 days.
_IN_A_YEAR = {"years": 1, "months": 12, "weeks": 52, "days": 365}

#: Nobody is older. The oldest of whom it is certain was 122: Guinness World Records, "Oldest person ever".
_OLDEST = 122

_NUMBER = r"([0-9]{0,6}\.?[0-9]{1,6})"
_BETWEEN = r"\s*(?:[,;/&]|\band\b)?\s*"
#: Behind a unit: `3 year(s)`.
_MAYBE_SEVERAL = r"(?:\(s\))?"
#: From the largest unit to the smallest, each at most once: `6 weeks 5 years` is a range, and no age.
_AGE = (
    "(?i)^"
    + "".join(rf"(?:{_BETWEEN}{_NUMBER}\s*-?\s*{unit}{_MAYBE_SEVERAL}\.?)?" for unit in UNITS.values())
    + r"(?:\s*old)?$"
)
#: An age begins with its number; what may stand between two numbers may not stand before the first.
_BEGINS = r"^[0-9.]"

#: Behind a number or by themselves: `2½`, `2 1/2`.
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_WRITTEN_HALF = r"(^|[0-9])[\s-]+1/2|^1/2"
#: What is said of years without saying so: nobody counts half months.
_YEARS_AND_A_PART = r"^[0-9]{0,3}\s*[½¼¾]$"

#: Sums of twelfths and of parts of 52 are not exact.
_ROUNDING = 1e-9


class InYears(RecognizingOperation):
    """Convert an age with its units (days, weeks, months, years, in the usual spellings) to completed years.

    An age may have several units, the largest first: `4 years 11 months`, and a half: `2½ years`. A number without a
    unit is not recognized, because it could mean months; `2½` alone can only mean years. More than 122 years are not
    recognized either.
    """

    in_years: Switch

    problem: ClassVar[str] = "is not an age with a unit"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{from: Youngest, in_years: true}",
            (("6 WKS", "0"), ("18 months", "1"), ("4.5 YRS", "4"), ("12 years", "12"), ("7", INVALID)),
            type="integer",
        ),
        Example(
            "{from: Youngest, in_years: true}",
            (
                ("4 years 11 months", "4"),
                ("1 month 2 weeks", "0"),
                ("11 months and 6 weeks", "1"),
                ("2½", "2"),
                ("6 weeks 5 years", INVALID),
                ("500 years", INVALID),
            ),
            type="integer",
        ),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        written = value.str.replace(_YEARS_AND_A_PART, "${0} years").str.replace(_WRITTEN_HALF, "${1}½")
        text = written.str.replace_all(r"\s*([½¼¾])", "${1}").str.replace_many(_FRACTIONS)
        text = pl.when(text.str.contains(_BEGINS)).then(text)
        parts = [
            text.str.extract(_AGE, at).cast(pl.Float64, strict=False) / in_a_year
            for at, in_a_year in enumerate(_IN_A_YEAR.values(), start=1)
        ]
        years = pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(
            pl.sum_horizontal(parts)
        )
        full = (years + _ROUNDING).floor()
        return pl.when(full <= _OLDEST).then(full).cast(pl.Int64, strict=False).cast(pl.String)
