"""The rule LI208."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject
from leadingest.mapping.models import Entry
from leadingest.operations.sources.header import Header
from leadingest.operations.sources.sql import Sql
from leadingest.operations.sql_expression import kind_of_sql, names_read
from leadingest.tables.column import Column

_NAMES_OF_CODES = ("number", "_id", "zip", "postcode", "phone", "license", "code")


@rule("LI208", "error")
def number_for_code(subject: Subject) -> Iterator[Remark]:
    """A phone number, a postal code or a license number is converted to a number: leading zeros are lost.

    They are codes made of digits, not quantities. Keep them as texts.

    Bad:
        let:
          license: {from: License No, type: integer}
        fields:
          company: Name
          license_number: license

    Good:
        fields:
          company: Name
          license_number: License No
    """
    for column, entry in subject.fields():
        if not _is_code(column):
            continue
        if column.type.dtype.is_numeric():
            message = (
                f"{column.name} has the type {column.type.name} in the load table, which loses leading zeros"
            )
            yield Remark(subject.place(entry.path), message)
        for each, message in _numbers(subject, entry):
            yield Remark(
                subject.place(each.path),
                f"{message} is a number, but {column.name} is a code: leading zeros would be lost",
            )


def _is_code(column: Column) -> bool:
    return column.type.code or column.name.rstrip("0123456789").endswith(_NAMES_OF_CODES)


def _numbers(subject: Subject, entry: Entry) -> Iterator[tuple[Entry, str]]:
    """The parts of the entry, itself included, that are numbers, and what they are called."""
    let = subject.reading.let
    if isinstance(entry.source, Header):
        for name in entry.source.names:
            kind = let[name].type if name in let else None
            if kind and kind.dtype.is_numeric():
                yield entry, f"the let value {name!r}"
    if isinstance(entry.source, Sql) and _kind(subject, entry.source.sql).is_numeric():
        yield entry, "what sql gives"
    for part in entry.parts:
        yield from _numbers(subject, part)


def _kind(subject: Subject, text: str) -> pl.DataType:
    let = subject.reading.let
    types = {name: let[name].type if name in let else None for name in names_read(text)}
    try:
        return kind_of_sql(text, {name: kind.dtype if kind else pl.String() for name, kind in types.items()})
    except ValueError:
        return pl.String()  # an expression that cannot be computed is a finding of its own
