"""`decimal`: an exact number with decimals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Number
from typing import ClassVar, Self

import polars as pl
from pydantic import Field, model_validator

from leadingest.expressions import let
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample
from leadingest.tables.types.integer import ROUGHLY_A_NUMBER

_GROUPED = r"^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$"
_NUMBER = r"^-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$"


class Decimal(ColumnType):
    """An exact decimal number, also with a sign or thousands separators.

    A number with more digits than the column allows is an invalid value, never rounded; leading and
    trailing zeros do not count. Currency signs, percent signs and exponents are not allowed.
    """

    precision: int = Field(
        default=12,
        ge=1,
        le=38,
        description="Maximum number of digits, including those after the decimal point.",
    )
    scale: int = Field(default=2, ge=0, le=30, description="Digits after the decimal point.")

    name: ClassVar[str] = "decimal"
    problem: ClassVar[str] = "not a number that fits the column"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("1,234.50", Number("1234.50")),
        TypeExample("-.5", Number("-0.50")),
        TypeExample("7", Number("7.00")),
        TypeExample("7.5000", Number("7.50")),
        TypeExample("7.505", None),
        TypeExample("$7", None),
        TypeExample("1e3", None),
    )
    nearly: ClassVar[str] = r"[+-]?[0-9,]{0,12}(\.[0-9]{0,3})?"
    #: A decimal is any number, whatever else its digits may be.
    look: ClassVar[Look] = Look(
        "decimal",
        r"^[+-]?(?:(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|\.[0-9]+)$",
        "numbers",
        Evidence.NO_OTHER_TYPE,
        in_common=True,
        breadth=2,
        roughly=ROUGHLY_A_NUMBER,
    )
    personal: ClassVar[bool] = False

    @model_validator(mode="after")
    def _scale_fits(self) -> Self:
        if self.scale > self.precision:
            raise ValueError(f"must not have more decimals ({self.scale}) than digits ({self.precision})")
        return self

    @property
    def storage(self) -> Storage:
        return Storage("decimal", precision=self.precision, scale=self.scale)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        grouped = text.str.contains(",", literal=True)
        rightly = text.str.contains(_GROUPED)
        number = pl.when(~grouped | rightly).then(text).str.replace_all(r"^\+|,", "")
        fitting = rf"^-?0*[0-9]{{0,{self.precision - self.scale}}}(?:\.[0-9]{{0,{self.scale}}}0*)?$"
        return let(
            number, lambda it: pl.when(it.str.contains(_NUMBER) & it.str.contains(fitting)).then(it)
        ).cast(self.dtype, strict=False)
