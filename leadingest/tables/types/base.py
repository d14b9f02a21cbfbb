"""What every column type promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

import polars as pl
from pydantic import BaseModel, ConfigDict

#: The day on which the examples of all types are read.
EXAMPLE_DAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Storage:
    """How a database keeps a type: one of six kinds, so that a new type needs no new SQL."""

    kind: Literal["text", "integer", "decimal", "boolean", "date", "datetime"]
    length: int | None = None
    precision: int | None = None
    scale: int | None = None


@dataclass(frozen=True)
class TypeExample:
    """A text as it may arrive and what is stored; None where the text cannot be read as the type.

    `options` is what the mapping entry says beside `from`, as YAML flow text: `formats: ["%m/%d/%y"]`.
    """

    text: str
    stored: object
    options: str = ""


class ColumnType(BaseModel):
    """Base of all types. The model's fields are the options of the type.

    Options named in `mapping_options` may be set by a field of a mapping, all of them by the load table.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    #: Ends the sentence "<value> is ..." in messages, e.g. "not a valid phone number".
    problem: ClassVar[str]
    mapping_options: ClassVar[frozenset[str]] = frozenset()
    examples: ClassVar[tuple[TypeExample, ...]] = ()

    @property
    def storage(self) -> Storage:
        """How the stored form is kept in a database."""
        raise TypeError(f"{type(self).__name__} does not say how it is stored")

    @property
    def dtype(self) -> pl.DataType:
        """What the values are once parsed; it follows from the storage."""
        storage = self.storage
        if storage.kind == "decimal":
            return pl.Decimal(storage.precision, storage.scale or 0)
        return _DTYPES[storage.kind]

    def with_options(self, options: Mapping[str, object]) -> Self:
        """The type with some options set otherwise; raises pydantic's ValidationError for a bad value."""
        return type(self).model_validate({**self.model_dump(), **options})

    def comparable(self, value: pl.Expr) -> pl.Expr:
        """The value as the text by which two leads are compared; null where nothing is left to compare.

        Never holds `|`, which separates the parts of a key.
        """
        return value.cast(pl.String).str.replace_all("|", "%7C", literal=True)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        """Text to value, as one elementwise expression: null where the text cannot be read as this type.

        `text` is a column: what it costs is paid, however often it stands in the expression. It has no blanks at
        its ends and is never empty; null stays null. `today` is the day of the run, for types that depend on it.
        Never raises for bad data.
        """
        raise TypeError(f"{type(self).__name__} does not say how it is read")


_DTYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int32(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
}
