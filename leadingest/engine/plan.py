"""A mapping compiled for one set of headers: what is computed, and what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from leadingest.documents.yaml_document import Step
from leadingest.mapping.models import OnInvalid

#: Names of computed columns begin with this sign, which no header has: readers take control characters off.
MARK = "\x1f"
#: Whether `where` lets the record through.
KEPT = f"{MARK}kept"
#: Which record of the batch it is, from 0.
ROW = f"{MARK}row"
#: Stands for a field where a value that `where` reads cannot be read.
WHERE = "where"

#: A mapping of constants alone reads no column; this one is taken all the same, for the number of records.
_UNREAD = (0,)


def raw_column(position: int) -> str:
    """The column of the delivery at the position, as it came."""
    return f"{MARK}{position}"


_FAILURE = f"{MARK}failure:"


def failure_column(field: str) -> str:
    """The column that tells why the field has no value, by the code of an outcome; 0 where nothing is wrong."""
    return f"{_FAILURE}{field}"


def fallible_fields(mapped: pl.DataFrame) -> list[str]:
    """The fields that can fail, and so have a failure column, in the order of the mapping."""
    return [name.removeprefix(_FAILURE) for name in mapped.columns if name.startswith(_FAILURE)]


@dataclass(frozen=True)
class PossibleFailure:
    """One way in which a value can fail to be read."""

    code: int
    rule: str
    #: Ends the sentence "Phone ...".
    problem: str
    fate: OnInvalid
    #: The columns of the delivery, by position, that the value comes from.
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Waypoint:
    """What a value is once a word, the one that gives it or a type has done its part."""

    word: str
    value: pl.Expr


@dataclass(frozen=True)
class Trail:
    """The way of an entry's value, for `explain`: expressions over `Plan.every_column`."""

    #: The columns of the delivery that the value comes from, by position.
    columns: tuple[int, ...]
    points: tuple[Waypoint, ...]
    value: str
    #: The column with the code of the outcome that it failed with, if it can.
    failure: str | None


@dataclass(frozen=True)
class Plan:
    """Elementwise stages from the text columns of a delivery to lead fields, failure codes and `KEPT`.

    The expressions of a stage read columns of earlier stages only.
    """

    columns: tuple[int, ...]
    stages: tuple[tuple[pl.Expr, ...], ...]
    result: tuple[pl.Expr, ...]
    outcomes: tuple[PossibleFailure, ...]
    #: Fields whose values must be unique, with the code of that outcome.
    unique: dict[str, int]
    #: How each entry comes to its value, parts of entries included, by its place in the mapping.
    trails: dict[tuple[Step, ...], Trail]

    def apply(self, records: pl.LazyFrame) -> pl.LazyFrame:
        """One row per record, in the same order. The columns of `records` are texts named by position: "0", "1"."""
        frame = self._cells(records)
        for stage, still_read in zip(self.stages, self._still_read, strict=True):
            frame = frame.select(*still_read, *stage)
        return frame.select(self.result)

    def every_column(self, records: pl.LazyFrame) -> pl.LazyFrame:
        """As `apply`, with the columns of all stages instead of the result."""
        frame = self._cells(records)
        for stage in self.stages:
            frame = frame.with_columns(stage)
        return frame

    def _cells(self, records: pl.LazyFrame) -> pl.LazyFrame:
        columns = self.columns or _UNREAD
        return records.select(pl.col(str(position)).alias(raw_column(position)) for position in columns)

    @cached_property
    def _still_read(self) -> tuple[tuple[str, ...], ...]:
        """For each stage the columns of earlier ones that a later one reads; the others need no memory any more."""
        read = set(_names_read(self.result))
        if not self.columns:
            read |= {raw_column(position) for position in _UNREAD}
        found = []
        for stage in reversed(self.stages):
            read -= {expr.meta.output_name() for expr in stage}
            found.append(tuple(sorted(read)))
            read |= set(_names_read(stage))
        return tuple(reversed(found))


def _names_read(expressions: Iterable[pl.Expr]) -> Iterator[str]:
    for expression in expressions:
        yield from expression.meta.root_names()
