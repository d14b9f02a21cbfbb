"""`unique`: no two records of a delivery have the same value."""

from __future__ import annotations

from typing import ClassVar, Literal

import polars as pl
from pydantic import field_validator

from leadingest.operations.base import Example
from leadingest.operations.checks.base import Check


class Unique(Check):
    """No two records of a delivery may have the same value: the first one stays, the others fail.

    Every value is kept in memory while the delivery is read.
    """

    unique: Literal[True]

    problem: ClassVar[str] = "is the same as in an earlier record"
    examples: ClassVar = (Example("{from: License, unique: true}", (("417", "417"),)),)

    @field_validator("unique", mode="before")
    @classmethod
    def _must_be_true(cls, value: object) -> object:
        if value not in ("true", True):
            raise ValueError("must be true, or not be there")
        return True

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Within one batch; the engine remembers the values of earlier ones."""
        return value.is_not_null() & ~value.is_first_distinct()
