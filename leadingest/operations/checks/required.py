"""`required`: a value must be there."""

from __future__ import annotations

from typing import ClassVar, Literal

import polars as pl
from pydantic import field_validator

from leadingest.operations.base import Example
from leadingest.operations.checks.base import Check


class Required(Check):
    """Reject a record that has no value here, or one that cannot be read."""

    required: Literal[True]

    problem: ClassVar[str] = "has no value, and must have one"
    examples: ClassVar = (Example("{from: License, required: true}", (("417", "417"),)),)

    @field_validator("required", mode="before")
    @classmethod
    def _must_be_true(cls, value: object) -> object:
        if value not in ("true", True):
            raise ValueError("must be true, or not be there: what the load table requires is always required")
        return True

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        return value.is_null()
