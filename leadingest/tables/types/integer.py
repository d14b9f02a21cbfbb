"""`integer`: a whole number."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from leadingest.expressions import usually
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample

#: What is likely meant as a number.
ROUGHLY_A_NUMBER = r"^[+-]?[0-9][0-9,]*(?:\.[0-9]+)?$"

_WHOLE = r"^[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?$"
_NOT_PART_OF_THE_NUMBER = r"[+,]|\.0+$"


class Integer(ColumnType):
    """A whole number from -2,147,483,648 to 2,147,483,647, also with a sign, thousands separators, or `.0`."""

    name: ClassVar[str] = "integer"
    problem: ClassVar[str] = "not a whole number"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("42", 42),
        TypeExample("1,234", 1234),
        TypeExample("12.0", 12),
        TypeExample("+5", 5),
        TypeExample("-3", -3),
        TypeExample("12.5", None),
        TypeExample("1,23", None),
        TypeExample("2147483648", None),
    )
    nearly: ClassVar[str] = r"[+-]?[0-9,]{1,12}(\.[0-9]{0,3})?"
    look: ClassVar[Look] = Look(
        "integer",
        _WHOLE,
        "whole numbers",
        Evidence.NO_HEADER,
        in_common=True,
        breadth=1,
        roughly=ROUGHLY_A_NUMBER,
    )
    personal: ClassVar[bool] = False

    @property
    def storage(self) -> Storage:
        return Storage("integer")

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, _digits_alone, _with_signs, self.dtype)


def _digits_alone(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("^[0-9]+$")).then(text.cast(pl.Int32, strict=False))


def _with_signs(text: pl.Expr) -> pl.Expr:
    whole = pl.when(text.str.contains(_WHOLE)).then(text)
    return whole.str.replace_all(_NOT_PART_OF_THE_NUMBER, "").cast(pl.Int32, strict=False)
