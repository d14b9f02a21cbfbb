"""`us_zip`: a ZIP code of the United States."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.documents.model_problems import TrueOrFalse
from leadingest.expressions import let, usually
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, Trial, TypeExample

_FIVE = 5
_NINE = 9


class UsZip(ColumnType):
    """A ZIP code. Stored as `12345` or `12345-6789`; `123456789` gets its hyphen; a trailing hyphen is removed.

    Leading zeros lost in a spreadsheet are restored only with `restore_zeros: true` in the mapping.
    """

    restore_zeros: TrueOrFalse = Field(
        default=False,
        description="Restore leading zeros: 3 or 4 digits become 5, 7 or 8 become 9. Otherwise these are invalid.",
    )

    name: ClassVar[str] = "us_zip"
    problem: ClassVar[str] = "not a ZIP code"
    mapping_options: ClassVar[frozenset[str]] = frozenset({"restore_zeros"})
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("02134", "02134"),
        TypeExample("02134-1001", "02134-1001"),
        TypeExample("021341001", "02134-1001"),
        TypeExample("02134-", "02134"),
        TypeExample("2134", None),
        TypeExample("2134", "02134", "restore_zeros: true"),
        TypeExample("21341001", "02134-1001", "restore_zeros: true"),
        TypeExample("00000", None),
        TypeExample("LL68 9DY", None),
    )
    nearly: ClassVar[str] = r"[0-9]{3,9}(-[0-9]{0,4})?"
    look: ClassVar[Look] = Look(
        "us_zip",
        r"^[0-9]{5}(?:-?(?:[0-9]{4})?)?$",
        "ZIP codes",
        Evidence.NO_HEADER,
        roughly=r"^[0-9]{3,5}(?: ?- ?[0-9]{0,4})?$|^[0-9]{7,9}$",
        header="Zip",
    )
    code: ClassVar[bool] = True
    trials: ClassVar[tuple[Trial, ...]] = (
        Trial(
            {"restore_zeros": True},
            "some have lost their leading zeros, which are restored",
        ),
    )

    @property
    def storage(self) -> Storage:
        return Storage("text", length=_NINE + 1)

    def comparable(self, value: pl.Expr) -> pl.Expr:
        """The first five digits."""
        return value.str.slice(0, _FIVE)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, _as_it_is, self._put_right)

    def _put_right(self, text: pl.Expr) -> pl.Expr:
        short, long = ("3,5", "7,9") if self.restore_zeros else ("5", "9")
        five = text.str.contains(rf"^[0-9]{{{short}}} ?-?$")
        nine = text.str.contains(rf"^(?:[0-9]{{{long}}}|[0-9]{{{short}}} ?- ?[0-9]{{4}})$")
        length = pl.when(five).then(_FIVE).when(nine).then(_NINE)
        digits = text.str.replace_all("[ -]+", "").str.zfill(length)
        return let(digits, _hyphenated)


def _as_it_is(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("^[0-9]{5}$") & (text != "00000")).then(text)


def _hyphenated(digits: pl.Expr) -> pl.Expr:
    start, end = digits.str.slice(0, _FIVE), digits.str.slice(_FIVE)
    stored = pl.when(end == "").then(start).otherwise(pl.concat_str([start, pl.lit("-"), end]))
    return pl.when(start != "00000").then(stored)
