"""`max`: the most that a number or date may be."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import INVALID, Example
from leadingest.operations.checks.base import Check, bound_for, bound_literal, has_bounds


class Max(Check):
    """The maximum of a number or date; write dates as `2020-12-31`."""

    max: str

    problem: ClassVar[str] = "is greater than the maximum"
    examples: ClassVar = (
        Example("{from: Capacity, max: 500}", (("500", "500"), ("501", INVALID)), type="integer"),
    )

    @classmethod
    def fits(cls, dtype: pl.DataType) -> bool:
        return has_bounds(dtype)

    def misfit(self, dtype: pl.DataType) -> str | None:
        try:
            bound_for(self.max, dtype)
        except ValueError as error:
            return str(error)
        return None

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        return value > bound_literal(self.max, dtype)
