"""What every column type promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
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


class Evidence(IntEnum):
    """What it tells of a column that its cells are written like a type; each says what those before it say, too."""

    #: Headers and any other texts are written so as well.
    LITTLE = 0
    #: No header is written so: a header that is may be a record.
    NO_HEADER = 1
    #: A column of such cells is no column of another type.
    NO_OTHER_TYPE = 2
    #: No plain text, such as a name, is written so.
    NO_TEXT = 3


@dataclass(frozen=True)
class Look:
    """How the values of a type are usually written: a guess that costs a fraction of reading them.

    It follows the usual spellings; it may miss an unusual one, or let a bad cell through.
    """

    #: What profiles call it: the name of the type, or of the type that is written the same way.
    kind: str
    #: A regular expression that the whole cell matches.
    pattern: str
    #: "phone numbers".
    plural: str
    tells: Evidence
    #: Of two looks that fit the same cells, the one with the lower breadth says more.
    breadth: int = 0
    #: Whether lists that have nothing to do with each other have such values in common by chance, as days and numbers.
    in_common: bool = False
    #: What values look like that are meant as the type and may be no valid ones, such as made-up phone numbers.
    roughly: str | None = None
    #: What to call a column of such values where the file has no header.
    header: str | None = None


@dataclass(frozen=True)
class Trial:
    """Options that a draft tries where values cannot be read without, and what it says of them."""

    options: Mapping[str, object]
    doubt: str


class ColumnType(BaseModel, ABC):
    """Base of all types. The model's fields are the options of the type.

    Options named in `mapping_options` may be set by a field of a mapping, all of them by the load table.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    name: ClassVar[str]
    #: Ends the sentence "<value> is ..." in messages, e.g. "not a valid phone number".
    problem: ClassVar[str]
    mapping_options: ClassVar[frozenset[str]] = frozenset()
    examples: ClassVar[tuple[TypeExample, ...]] = ()
    #: A regular expression of texts that come near to being values: with these the tests try the type.
    nearly: ClassVar[str]
    #: How values are written; None where that tells nothing: then nothing is concluded from it.
    look: ClassVar[Look | None] = None
    #: Whether any text is a value, if it is short enough.
    any_text: ClassVar[bool] = False
    #: Whether values are codes that are written in digits: as a number they would lose their zeros.
    code: ClassVar[bool] = False
    #: Whether values may be somebody's: then profiles keep none of them.
    personal: ClassVar[bool] = True
    trials: ClassVar[tuple[Trial, ...]] = ()

    @property
    @abstractmethod
    def storage(self) -> Storage:
        """How the stored form is kept in a database."""

    @property
    def dtype(self) -> pl.DataType:
        """What the values are once parsed; it follows from the storage."""
        storage = self.storage
        if storage.kind == "decimal":
            return pl.Decimal(storage.precision, storage.scale or 0)
        return _DTYPES[storage.kind]

    @property
    def date_formats(self) -> tuple[str, ...]:
        """The formats by which it reads, for a type that has the option `formats`; else none."""
        return ()

    def with_options(self, options: Mapping[str, object]) -> Self:
        """The type with some options set otherwise; raises pydantic's ValidationError for a bad value."""
        return type(self).model_validate({**self.model_dump(), **options})

    def comparable(self, value: pl.Expr) -> pl.Expr:
        """The value as the text by which two leads are compared; null where nothing is left to compare.

        Never holds `|`, which separates the parts of a key.
        """
        return value.cast(pl.String).str.replace_all("|", "%7C", literal=True)

    @abstractmethod
    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        """Text to value, as one elementwise expression: null where the text cannot be read as this type.

        `text` is a column: what it costs is paid, however often it stands in the expression. It has no blanks at
        its ends and is never empty; null stays null. `today` is the day of the run, for types that depend on it.
        Never raises for bad data.
        """


_DTYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int32(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
}


def stored_text(value: object) -> str:
    """The stored form of a value, as tests in a mapping write it and reports show it; nothing for None.

    `true`, `2026-06-30`, `2026-06-30 13:30:00`, `7.50`.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
