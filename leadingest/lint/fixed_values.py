"""The values that a mapping itself puts into fields: constants, defaults, and what value maps give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import polars as pl

from leadingest.documents.yaml_document import Position, Step
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry
from leadingest.operations.base import Operation, Otherwise, RecognizingOperation
from leadingest.operations.default import Default
from leadingest.operations.flag import Flag
from leadingest.operations.sources.base import Choice
from leadingest.operations.sources.const import Const
from leadingest.operations.sources.header import Header
from leadingest.operations.values import Values
from leadingest.tables.types.base import ColumnType

#: Two-digit years need a day to be placed by; none is near enough to it to matter.
_SOME_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class FixedValue:
    """A value as it reaches the field, and where it is written."""

    value: str
    at: Position


def fixed_values(subject: Subject, entry: Entry) -> list[FixedValue]:
    """The values that the entry gives whatever the records hold, each after all of its words.

    Those of a `let` value and of the parts of a `first_of` or `last_of` are among them; a blank is none.
    """
    found = list(_of_source(subject, entry))
    for path, operation in subject.operations(entry):
        found = [*_after(operation, found), *_of_operation(subject, path, operation)]
    return [each for each in found if each.value]


@lru_cache(maxsize=4096)
def stored_form(kind: ColumnType, text: str) -> object:
    """What the type makes of the text; None where it cannot be read."""
    return pl.select(kind.parse(pl.lit(text), today=_SOME_DAY).alias("stored"))["stored"][0]


def _of_source(subject: Subject, entry: Entry) -> Iterator[FixedValue]:
    source = entry.source
    if isinstance(source, Const):
        yield FixedValue(source.const, subject.value_place(entry.path, "const"))
    elif isinstance(source, Choice):
        for part in entry.parts:
            yield from fixed_values(subject, part)
    elif isinstance(source, Header):
        for name in source.names:
            if name in subject.reading.let and not subject.let_is_circular:
                yield from fixed_values(subject, subject.reading.let[name])


def _of_operation(subject: Subject, path: tuple[Step, ...], operation: Operation) -> Iterator[FixedValue]:
    if isinstance(operation, Values):
        for key, value in operation.values.items():
            yield FixedValue(value, subject.value_place(path, key))
    if isinstance(operation, RecognizingOperation) and isinstance(operation.otherwise, Otherwise):
        yield FixedValue(operation.otherwise.const, subject.value_place((*path[:-1], "otherwise"), "const"))
    if isinstance(operation, Flag):
        yield FixedValue(operation.flag, subject.value_place(path))
    if isinstance(operation, Default):
        yield FixedValue(operation.default, subject.value_place(path))


def _after(operation: Operation, values: Sequence[FixedValue]) -> Iterator[FixedValue]:
    """The values as the word leaves them; one that it does not recognize goes its own way, or stays."""
    if not values or isinstance(operation, Default):
        yield from values
        return
    keeps = isinstance(operation, RecognizingOperation) and operation.otherwise == "keep"
    for each, made in zip(values, operation.made_of([each.value for each in values]), strict=True):
        if made is not None or keeps:
            yield replace(each, value=each.value if made is None else made)
