"""`nulls`: cells that mean "no value" in one field."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import field_validator

from leadingest.operations.base import Example, Operation, without_blanks


class Nulls(Operation):
    """Treat more cells as blank in this field, in addition to those under `delivery: {nulls: ...}`."""

    nulls: tuple[str, ...]

    leaves_blanks: ClassVar[bool] = False
    effect: ClassVar = "selects"
    examples: ClassVar = (
        Example("{from: Phone, nulls: [none, Unlisted]}", (("none", None), ("5 pm", "5 pm"))),
    )

    @field_validator("nulls", mode="before", json_schema_input_type=str | list[str])
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    def expr(self, value: pl.Expr) -> pl.Expr:
        return pl.when(~value.is_in([without_blanks(null) for null in self.nulls])).then(value)
