"""`each`: words for every piece of a cell that is a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Final

import polars as pl
from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator

from leadingest.documents.nearest import did_you_mean, listed
from leadingest.errors import FaultError
from leadingest.expressions import trimmed
from leadingest.operations import OPERATIONS
from leadingest.operations.base import (
    INVALID,
    Example,
    Operation,
    Otherwise,
    RecognizingOperation,
    Switch,
)

#: The words that a piece may have.
PIECE_WORDS: Final = (
    "unescape",
    "strip",
    "squeeze",
    "replace",
    "extract",
    "split",
    "digits",
    "pad",
    "person",
    "case",
    "values",
    "lookup",
    "prefix",
    "suffix",
)
_PIECE: Final = pl.col("piece")


def _words(given: object, info: ValidationInfo) -> object:
    """The words in the order in which they are written."""
    if isinstance(given, tuple):
        return given
    if not isinstance(given, dict):
        raise ValueError("must be words for each piece, such as {case: title}")
    named = [OPERATIONS[key] for key in given if key in PIECE_WORDS]
    companions = {key for word in named for key in word.keys()}
    for key in given:
        if key not in companions:
            message = (
                f"has no word {key!r}{did_you_mean(key, PIECE_WORDS)}; a piece may have {listed(PIECE_WORDS)}"
            )
            raise FaultError("unknown_word", message)
    return tuple(_read(word, given, info) for word in named)


def _read(word: type[Operation], given: dict[str, object], info: ValidationInfo) -> Operation:
    try:
        return word.model_validate(
            {key: given[key] for key in word.keys() if key in given}, context=info.context
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        key = next((str(step) for step in reversed(fault["loc"]) if isinstance(step, str)), word.word())
        what = "must be given" if fault["type"] == "missing" else fault["msg"].removeprefix("Value error, ")
        raise ValueError(f"cannot use {word.word()}: {key} {what}") from error


Words = Annotated[
    tuple[Operation, ...],
    BeforeValidator(_words, json_schema_input_type=dict[str, object]),
    Field(json_schema_extra={"stands_for": "pieces"}),
]


class Each(RecognizingOperation):
    """Cut the cell into pieces, apply words to each of them, and join them again.

    The words of a piece stand under `each` and apply in the order in which they are written. Pieces lose the blanks at their
    ends; those with nothing in them are left out. A piece that a word does not recognize makes the whole value invalid,
    unless `otherwise` beside that word says `keep`, `blank` or `{const: ...}`.
    """

    each: Words
    split_at: str = Field(min_length=1, description="What stands between the pieces of the cell.")
    join_with: str = Field(default=", ", description="What is put between the pieces of the value.")
    distinct: Switch | None = Field(default=None, description="`true`: of equal pieces the first one stays.")

    problem: ClassVar[str] = "has a piece that was not recognized"
    examples: ClassVar = (
        Example(
            '{from: Languages, each: {values: {1: English, 2: Spanish}, otherwise: invalid}, split_at: "|"}',
            (("2|1", "Spanish, English"), ("2||", "Spanish"), ("1|7", INVALID)),
        ),
        Example(
            '{from: Services, each: {case: title}, split_at: ";", join_with: "; ", distinct: true}',
            (("MEALS; after school ;Meals", "Meals; After School"), (" ; ", None)),
        ),
    )

    @field_validator("each")
    @classmethod
    def _decides_for_the_piece(cls, words: tuple[Operation, ...]) -> tuple[Operation, ...]:
        for word in words:
            if isinstance(word, RecognizingOperation) and word.is_final:
                raise ValueError(
                    f"must not have `otherwise: {word.otherwise}` for a piece: put it beside `each`"
                )
        return words

    def expr(self, value: pl.Expr) -> pl.Expr:
        return value.map_batches(self._joined, return_dtype=pl.String, is_elementwise=True)

    def given(self, number: int, texts: pl.Series) -> pl.DataFrame:
        """What the word of this number, from 0, is `given` of the pieces of the texts, and of which, by their `row`."""
        pieces = self._pieces(texts)
        made = self._made(pieces["piece"].unique(), self.each[:number])
        given = pieces.join(made, on="piece", how="left", maintain_order="left")
        return given.select("row", pl.col("made").alias("given")).drop_nulls()

    def _joined(self, values: pl.Series) -> pl.Series:
        pieces = self._pieces(values)
        made = self._made(pieces["piece"].unique(), self.each)
        kept = pl.col("made").drop_nulls()
        joined = (kept.unique(maintain_order=True) if self.distinct else kept).str.join(self.join_with)
        lists = (
            pieces.join(made, on="piece", how="left", maintain_order="left")
            .group_by("row", maintain_order=True)
            .agg(joined.alias("list"), pl.col("unknown").any())
        )
        rows = values.alias("text").to_frame().with_row_index("row")
        known = pl.col("text").is_not_null() & ~pl.col("unknown").fill_null(False)
        return (
            rows.join(lists, on="row", how="left", maintain_order="left")
            .select(pl.when(known).then(pl.col("list").fill_null("")).alias("list"))
            .to_series()
        )

    def _pieces(self, values: pl.Series) -> pl.DataFrame:
        """The pieces with something in them, each with the row of its value."""
        rows = values.alias("piece").to_frame().with_row_index("row")
        cut = rows.with_columns(_PIECE.str.split(self.split_at)).explode("piece")
        return cut.with_columns(trimmed(_PIECE)).filter(_PIECE != "")

    def _made(self, pieces: pl.Series, words: tuple[Operation, ...]) -> pl.DataFrame:
        """What the words make of each piece, null where that is nothing, and whether one of them does not recognize it."""
        frame = pieces.alias("piece").to_frame().with_columns(made=_PIECE, unknown=pl.lit(False))
        for word in words:
            frame = frame.with_columns(word.tidied(word.expr(pl.col("made"))).alias("new"))
            unknown = pl.col("made").is_not_null() & pl.col("new").is_null()
            frame = frame.select("piece", *_judged(word, unknown))
        return frame


def _judged(word: Operation, unknown: pl.Expr) -> Iterator[pl.Expr]:
    new, refused = pl.col("new"), pl.col("unknown")
    if isinstance(word, RecognizingOperation):
        match word.otherwise:
            case "keep":
                new = pl.coalesce("new", "made")
            case Otherwise(const=const):
                new = pl.when(unknown).then(pl.lit(const)).otherwise("new")
            case "invalid":
                refused = refused | unknown
    yield pl.when(new != "").then(new).alias("made")
    yield refused.alias("unknown")
