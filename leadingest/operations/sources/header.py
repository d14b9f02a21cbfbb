"""`from`: the cell under a header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import Field, field_validator

from leadingest.operations.base import Example
from leadingest.operations.sources.base import Source


class Header(Source):
    """Take the cell under a header, or a value defined under `let`.

    A list names every header that the column has had: the first one in the file is used. An entry without other keys
    may be written as just the header or the list. A file without any of the headers fails, unless the entry has
    `optional: true`.
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
