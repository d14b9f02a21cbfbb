"""`text`: any characters, up to a length."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.tables.comparison import fold_text
from leadingest.tables.types.base import ColumnType, Storage, TypeExample


class Text(ColumnType):
    """Any text, line breaks included. Stored as it is; longer than `length` is an invalid value, never cut."""

    length: int = Field(
        default=255, ge=1, le=16_000, description="Most characters (not bytes) a value may have."
    )

    name: ClassVar[str] = "text"
    problem: ClassVar[str] = "longer than the column"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("Pine Tree Care, LLC", "Pine Tree Care, LLC"),
        TypeExample("00123", "00123"),
        TypeExample("x" * 256, None),
    )

    @property
    def storage(self) -> Storage:
        return Storage("text", length=self.length)

    def comparable(self, value: pl.Expr) -> pl.Expr:
        """Upper case without accents and punctuation."""
        return fold_text(value)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return pl.when(text.str.len_chars() <= self.length).then(text)
