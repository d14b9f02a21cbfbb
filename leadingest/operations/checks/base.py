"""What every check promises."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar

import polars as pl

from leadingest.operations.base import Operation


class Check(Operation):
    """A condition that a value must meet. A value that fails is an invalid value; `on_invalid` says what to do with it."""

    #: Ends the sentence "Capacity ...", e.g. "is too small".
    problem: ClassVar[str]

    @classmethod
    def fits(cls, dtype: pl.DataType) -> bool:
        """Whether values of this type can be checked."""
        return True

    def misfit(self, dtype: pl.DataType) -> str | None:
        """Why the check cannot be made of values of this type, or None: ends the sentence "min ..."."""
        return None

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Whether the value, which is of the type given, fails the check. A blank never does."""
        raise TypeError(f"{type(self).__name__} does not say what fails")


Bound = Decimal | date | datetime


def has_bounds(dtype: pl.DataType) -> bool:
    """Whether values of the type are numbers, dates or times."""
    return dtype.is_numeric() or dtype.is_temporal()


def bound_for(text: str, dtype: pl.DataType) -> Bound:
    """The bound as a value of the type. Raises ValueError, ending the sentence "min ...", where it is none."""
    try:
        if dtype.is_numeric():
            return Decimal(text)
        if dtype == pl.Date:
            return date.fromisoformat(text)
        if dtype == pl.Datetime:
            return datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        kind = "a number" if dtype.is_numeric() else "a date such as 2020-12-31"
        raise ValueError(f"must be {kind}, not {text!r}") from None
    raise ValueError("is for numbers and dates")


def bound_literal(text: str, dtype: pl.DataType) -> pl.Expr:
    """The bound, to compare values of the type with."""
    bound = bound_for(text, dtype)
    return pl.lit(float(bound)) if isinstance(bound, Decimal) else pl.lit(bound, dtype)
