"""`values`: a value map."""

from __future__ import annotations

from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.operations.base import (
    INVALID,
    ON_UNRECOGNIZED,
    Example,
    FieldValue,
    OnUnrecognized,
    RecognizingOperation,
)


class Values(RecognizingOperation):
    """Replace listed values: the value of the source with the value of the field.

    Values are compared exactly, after the words before this one. `""` means no value. `otherwise` must say what to do
    with a value that is not listed.
    """

    values: dict[str, FieldValue] = Field(min_length=1)
    otherwise: OnUnrecognized = Field(
        description=f"What to do with a value that is not listed: {ON_UNRECOGNIZED}."
    )

    problem: ClassVar[str] = "is not in the value map"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            '{from: Status, values: {Full Permit: active, Initial: provisional, None: ""}, otherwise: invalid}',
            (("Full Permit", "active"), ("None", None), ("Lapsed", INVALID)),
        ),
        Example(
            "{from: Role, values: {DIR: Director}, otherwise: keep}",
            (("DIR", "Director"), ("Owner", "Owner")),
        ),
    )

    @field_validator(
        "values",
        mode="before",
        json_schema_input_type=Annotated[dict[str, FieldValue | None], Field(min_length=1)],
    )
    @classmethod
    def _nothing_is_blank(cls, value: object) -> object:
        if isinstance(value, dict):
            return {key: "" if text is None else text for key, text in value.items()}
        return value

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.replace_strict(
            list(self.values), list(self.values.values()), default=None, return_dtype=pl.String
        )
