"""`one_of`: the values a field may have."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.operations.base import INVALID, Example, FieldValue
from leadingest.operations.checks.base import Check


class OneOf(Check):
    """The only allowed values, in addition to the restrictions of the load table."""

    one_of: tuple[FieldValue, ...] = Field(min_length=1)

    problem: ClassVar[str] = "is not one of the listed values"
    examples: ClassVar = (
        Example("{from: Role, one_of: [Owner, Director]}", (("Owner", "Owner"), ("Cook", INVALID))),
    )

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        return ~value.cast(pl.String).is_in(self.one_of)
