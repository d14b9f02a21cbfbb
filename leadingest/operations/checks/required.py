"""`required`: a value must be there."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import Example, Switch
from leadingest.operations.checks.base import Check


class Required(Check):
    """Reject a record that has no value here, or one that cannot be read."""

    required: Switch

    problem: ClassVar[str] = "has no value, but is required"
    examples: ClassVar = (Example("{from: License, required: true}", (("417", "417"),)),)

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        return value.is_null()
