"""`pattern`: what a whole text must look like."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.expressions import Pattern as CheckedPattern
from leadingest.operations.base import INVALID, Example
from leadingest.operations.checks.base import Check


class Pattern(Check):
    """A regular expression (the syntax of Rust's `regex`) that the whole value must match."""

    pattern: CheckedPattern

    problem: ClassVar[str] = "does not match the pattern"
    examples: ClassVar = (
        Example(
            '{from: License, pattern: "K[0-9]{4}"}',
            (("K8200", "K8200"), ("K82001", INVALID), ("8200", INVALID)),
        ),
    )

    @classmethod
    def fits(cls, dtype: pl.DataType) -> bool:
        return dtype == pl.String()

    def misfit(self, dtype: pl.DataType) -> str | None:
        return None if self.fits(dtype) else "is for texts"

    def fails(self, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        return ~value.str.contains(f"^(?:{self.pattern})$")
