"""`unique`: no two records of a delivery have the same value."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.operations.base import Example, Switch
from leadingest.operations.checks.base import Check


class Unique(Check):
    """No two leads of a delivery may have the same value: the first one passes, the others fail.

    Records that are rejected, or filtered by `where`, are not leads and do not count. All values are kept in memory
    while the delivery is read.
    """

    unique: Switch

    problem: ClassVar[str] = "is the same as in an earlier record"
    examples: ClassVar = (Example("{from: License, unique: true}", (("417", "417"),)),)

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """Within one batch; the engine remembers the values of earlier ones."""
        return value.is_not_null() & ~value.is_first_distinct()
