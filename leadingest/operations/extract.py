"""`extract`: the part of a value that a regular expression picks."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import field_validator

from leadingest.errors import FaultError
from leadingest.expressions import Pattern, groups
from leadingest.operations.base import INVALID, Example, RecognizingOperation


class Extract(RecognizingOperation):
    """Keep the part of the value that matches the one group of a regular expression.

    The pattern may match anywhere; `^` and `$` anchor it to the start and end. The syntax is that of Rust's
    `regex`. A value that does not match is not recognized.
    """

    extract: Pattern

    problem: ClassVar[str] = "does not match the pattern of extract"
    examples: ClassVar = (
        Example(
            '{from: Type License, extract: " - (K[0-9]+)$"}',
            (("CHILD CARE FAMILY - K820000017", "K820000017"), ("CHILD CARE FAMILY", INVALID)),
        ),
    )

    @field_validator("extract")
    @classmethod
    def _must_have_one_group(cls, pattern: str) -> str:
        if (number := groups(pattern)) != 1:
            message = f"must have one group, (...), around the part to keep; it has {number}; (?:...) does not count"
            raise FaultError("extract_group", message)
        return pattern

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.str.extract(self.extract, 1)
