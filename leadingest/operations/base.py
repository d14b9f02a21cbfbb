"""What every word of the mapping language promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Annotated, ClassVar, Final, Literal, TypeVar

import polars as pl
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from leadingest.expressions import BLANKS, trimmed


class _Invalid:
    """Stands for "an invalid value" as the outcome of an example."""

    def __repr__(self) -> str:
        return "invalid value"


INVALID: Final = _Invalid()


@dataclass(frozen=True)
class Example:
    """A field of a mapping as YAML, and what it makes of some cells. Shown in the reference and run as a test.

    `entry` is the right-hand side: `{from: Zip, pad: 5}`. Each case is (cell, outcome): the cell is the
    text under the one header that the entry names, or a dict of header to text where it names several.
    The outcome is the lead's value as text, None for blank, INVALID for an invalid value.
    """

    entry: str
    cases: tuple[tuple[str | Mapping[str, str | None] | None, str | _Invalid | None], ...]
    #: The load table's type for the field, where the outcome depends on it.
    type: str = "text"


def without_blanks(text: str) -> str:
    """The text without blanks at its ends: what a value loses in any case."""
    return text.strip(BLANKS)


#: A text that may become the value of the field: an editor offers what the load table lists for it.
FieldValue = Annotated[str, AfterValidator(without_blanks), Field(json_schema_extra={"stands_for": "value"})]


class Otherwise(BaseModel):
    """`otherwise: {const: ...}`: the value to put in place of one that the word does not recognize."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    const: FieldValue = Field(description="The replacement value.")


#: What becomes of a value that a word does not recognize.
OnUnrecognized = Literal["invalid", "stop", "reject", "blank", "keep"] | Otherwise
#: What becomes of it, in words for whoever writes a mapping.
ON_UNRECOGNIZED: Final = (
    "`invalid`, `stop` (invalid, and no later part of a `first_of` replaces it), `reject` (the record), "
    "`blank`, `keep` (unchanged) or `{const: ...}`"
)


class Operation(BaseModel):
    """A word that changes the value of an entry. The model's fields are the keys it takes in YAML.

    The first field is the word itself; the others may only stand beside it. A word whose name is no
    good Python name, or would hide one of pydantic's, gives it as the field's alias.
    """

    # Built when it is used first: a mapping uses few of the words.
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", populate_by_name=True)

    examples: ClassVar[tuple[Example, ...]] = ()
    #: Whether what it gives may have blanks at its ends, or be nothing but blanks, where what it is given has none.
    leaves_blanks: ClassVar[bool] = True
    #: Whether it gives cells of another file, which may say "no value" in the words that those of the delivery do.
    gives_cells: ClassVar[bool] = False
    #: What is known of it: `selects`, it gives a value as it was or not at all; `settles`, to apply it to what it
    #: has given changes nothing. Either tells what it can never give.
    effect: ClassVar[Literal["changes", "settles", "selects"]] = "changes"

    @classmethod
    @cache
    def keys(cls) -> tuple[str, ...]:
        """The YAML keys of the word, its own name first."""
        own = [name for name in cls.__annotations__ if name in cls.model_fields]
        names = dict.fromkeys([*own, *cls.model_fields])
        return tuple(cls.model_fields[name].alias or name for name in names)

    @classmethod
    def word(cls) -> str:
        """The key that calls the word."""
        return cls.keys()[0]

    @classmethod
    def details(cls) -> Iterator[str]:
        """More lines of Markdown for the reference, below what the docstring says."""
        yield from ()

    def expr(self, value: pl.Expr) -> pl.Expr:
        """Text to text, as one elementwise expression; null stays null. Never raises for bad data."""
        raise TypeError(f"{type(self).__name__} does not say what it does")

    def tidied(self, outcome: pl.Expr) -> pl.Expr:
        """The outcome of `expr` without blanks at its ends; "" where nothing else is in it."""
        return trimmed(outcome) if self.leaves_blanks else outcome

    def made_of(self, texts: Sequence[str | None]) -> list[str | None]:
        """What each text becomes; None where it becomes no value, "" where it becomes a blank."""
        values = pl.DataFrame({"value": texts}, schema={"value": pl.String})
        return values.select(self.tidied(self.expr(pl.col("value"))).alias("value"))["value"].to_list()


Word = TypeVar("Word", bound=Operation)


class WordRegistry(Mapping[str, type[Word]]):
    """Words by name, each with its class, which is imported when it is first asked for: a mapping uses few of them."""

    def __init__(self, package: str, files: Mapping[str, str]) -> None:
        """`files` gives the file of each word; its class is called like the file."""
        self._package, self._files = package, files
        self._imported: dict[str, type[Word]] = {}

    def __getitem__(self, word: str) -> type[Word]:
        if word not in self._imported:
            file = self._files[word]
            name = "".join(part.title() for part in file.split("_"))
            self._imported[word] = getattr(import_module(f"{self._package}.{file}"), name)
        return self._imported[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, word: object) -> bool:
        return word in self._files


class RecognizingOperation(Operation):
    """A word that knows some values and not others: null out of a value in means "not recognized".

    What becomes of those is told by `otherwise`, one of `ON_UNRECOGNIZED`; `invalid` is the default.
    """

    otherwise: OnUnrecognized = Field(
        default="invalid",
        description=f"What to do with an unrecognized value: {ON_UNRECOGNIZED}.",
    )

    @property
    def refuses(self) -> bool:
        """Whether a value that is not recognized is told: as an invalid one, or with the record."""
        return self.otherwise == "invalid" or self.is_final

    @property
    def is_final(self) -> bool:
        """Whether nothing may stand in for a value that is not recognized, no later part of a `first_of` either."""
        return self.otherwise in ("stop", "reject")

    #: Ends the sentence "<value> ..." in messages, e.g. "is not in the value map".
    problem: ClassVar[str] = "was not recognized"


class PartOperation(RecognizingOperation):
    """A word that takes one part of a value. However many fields take parts of a column, it is taken apart once."""

    def apart(self, value: pl.Expr) -> pl.Expr:
        """Text to a struct of texts, elementwise, whichever part is asked for; null where it is not recognized."""
        raise TypeError(f"{type(self).__name__} does not say how it takes a value apart")

    def part(self, parts: pl.Expr) -> pl.Expr:
        """The part asked for; "" where the value has no such part."""
        raise TypeError(f"{type(self).__name__} does not say which part it takes")

    def expr(self, value: pl.Expr) -> pl.Expr:
        return self.part(self.apart(value))


def _true(value: object) -> object:
    if value not in ("true", True):
        raise ValueError("must be true or omitted")
    return True


#: The value of such a word.
Switch = Annotated[Literal[True], BeforeValidator(_true)]
