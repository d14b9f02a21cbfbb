"""`flag`: a text where the cell says yes."""

from __future__ import annotations

from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field

from leadingest.expressions import NO, YES
from leadingest.operations.base import INVALID, Example, FieldValue, RecognizingOperation


class Flag(RecognizingOperation):
    """Give this text where the cell says yes, and no value where it says no.

    Yes is y, yes, true, t, 1 or x; no is n, no, false, f or 0, in any case. Anything else is not recognized.
    """

    flag: Annotated[FieldValue, Field(min_length=1)]

    problem: ClassVar[str] = "says neither yes nor no"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            "{from: Infants, flag: Infant}",
            (("Y", "Infant"), ("x", "Infant"), ("N", None), ("0", None), ("", None), ("2", INVALID)),
        ),
    )

    def expr(self, value: pl.Expr) -> pl.Expr:
        word = value.str.to_lowercase()
        return pl.when(word.is_in([*YES, "x"])).then(pl.lit(self.flag)).when(word.is_in(NO)).then(pl.lit(""))
