"""`boolean`: yes or no."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from leadingest.expressions import NO, YES
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample


class Boolean(ColumnType):
    """Yes or no: y, yes, true, t, 1 or n, no, false, f, 0, in any case.

    Anything else is an invalid value, including an X or a check mark: if `X` means yes, say so in the
    mapping with `values: {X: "yes"}`, or `flag: "yes"`.
    """

    name: ClassVar[str] = "boolean"
    problem: ClassVar[str] = "neither yes nor no"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("Y", True),
        TypeExample("TRUE", True),
        TypeExample("no", False),
        TypeExample("0", False),
        TypeExample("X", None),
        TypeExample("maybe", None),
    )
    nearly: ClassVar[str] = r"(?i:y|yes|true|t|1|n|no|false|f|0|x)\.?"
    look: ClassVar[Look] = Look(
        "boolean", r"^(?i:y|yes|true|t|1|n|no|false|f|0)$", "yes or no", Evidence.LITTLE
    )
    personal: ClassVar[bool] = False

    @property
    def storage(self) -> Storage:
        return Storage("boolean")

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        word = text.str.to_lowercase()
        return pl.when(word.is_in(YES)).then(True).when(word.is_in(NO)).then(False)
