"""`text`: any characters, up to a length."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.documents.model_problems import TrueOrFalse
from leadingest.expressions import UNUSUAL, squeezed, usually
from leadingest.tables.comparison_forms import fold_text
from leadingest.tables.types.base import ColumnType, Storage, TypeExample


class Text(ColumnType):
    """Any text, including line breaks. Stored unchanged; a text longer than `length` is an invalid value, never truncated.

    With `squeeze: true`, set in the load table for fields by which leads are compared, each run of blanks, including
    line breaks and non-breaking spaces, becomes one blank; soft hyphens, zero-width characters and directional marks
    are removed.
    """

    length: int = Field(default=255, ge=1, le=16_000, description="Maximum number of characters (not bytes).")
    squeeze: TrueOrFalse = Field(
        default=False,
        description="Replace each run of blanks with one blank, and remove invisible characters.",
    )

    name: ClassVar[str] = "text"
    problem: ClassVar[str] = "longer than the column"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("Pine Tree Care, LLC", "Pine Tree Care, LLC"),
        TypeExample("00123", "00123"),
        TypeExample("x" * 256, None),
    )
    nearly: ClassVar[str] = r"[A-Za-z0-9 ,.&'-]{1,20}"
    any_text: ClassVar[bool] = True

    @property
    def storage(self) -> Storage:
        return Storage("text", length=self.length)

    def comparable(self, value: pl.Expr) -> pl.Expr:
        """Upper case without accents and punctuation."""
        return fold_text(value)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        if not self.squeeze:
            return self._if_short_enough(text)
        return usually(text, self._plain, self._squeezed)

    def _plain(self, text: pl.Expr) -> pl.Expr:
        """Nearly every value; of these a character is a byte, and bytes are counted already."""
        return pl.when(~text.str.contains(UNUSUAL) & (text.str.len_bytes() <= self.length)).then(text)

    def _squeezed(self, text: pl.Expr) -> pl.Expr:
        return self._if_short_enough(squeezed(text))

    def _if_short_enough(self, text: pl.Expr) -> pl.Expr:
        return pl.when(text.str.len_chars() <= self.length).then(text)
