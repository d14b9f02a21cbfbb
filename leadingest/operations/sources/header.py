"""`from`: the cell under a header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.operations.base import Example
from leadingest.operations.sources.base import Source


class Header(Source):
    """Take the cell under a header, or a value named under `let`.

    A list names every header the column has had: the first one that the file has is taken. An entry
    that says nothing else may be written as the header, or the list, alone. A file that has none of
    them fails, unless the entry says `optional: true`.
    """

    names: tuple[str, ...] = Field(alias="from", min_length=1)

    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example("Phone", (("reception desk", "reception desk"), ("", None))),
        Example('{from: [Operation, "Operation #"]}', (({"Operation #": "1000417"}, "1000417"),)),
    )

    @field_validator(
        "names", mode="before", json_schema_input_type=str | Annotated[list[str], Field(min_length=1)]
    )
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @field_validator("names")
    @classmethod
    def _as_headers_are_compared(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(" ".join(name.split()) for name in names)

    def alternatives(self) -> tuple[str, ...]:
        return self.names

    def value(self, parts: Sequence[pl.Expr], names: Mapping[str, pl.Expr]) -> pl.Expr:
        (value,) = names.values()
        return value
