"""Columns of few values for fields that have words of their own: value maps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leadingest.drafting.column import Column
from leadingest.drafting.meanings_of_words import MEANINGS
from leadingest.drafting.proposal import Proposal, ValueMap, named
from leadingest.drafting.sample import MOST_MAPPED
from leadingest.drafting.task import Task
from leadingest.tables.column import Column as Field

_GUESSED: Final = "what each value means was told by its words"
_PART: Final = re.compile(r" - [A-Za-z]{0,4}[0-9][0-9A-Za-z\-]*$")
#: Of the values: with fewer known ones the column is something else.
_MOST_KNOWN: Final = 0.5


def recognise_vocabulary(task: Task) -> Iterator[Proposal]:
    """A header that names such a field, with values of which most can be told."""
    for name, field in task.table.columns.items():
        if not field.one_of:
            continue
        for column in task.sample.ranked(name):
            kinds = column.looks("type_and_number", least=0.5)
            if column.distinct <= MOST_MAPPED or kinds:
                yield from _proposed(task, field, column, with_number=kinds)


def _proposed(task: Task, field: Field, column: Column, *, with_number: bool) -> Iterator[Proposal]:
    values = column.values.to_list() if column.distinct > MOST_MAPPED else task.sample.every_value(column)
    if with_number:
        values = list(dict.fromkeys(_PART.sub("", value) for value in values))
    known = {value: meaning for value in values if (meaning := _meaning(field, value))}
    if len(values) > MOST_MAPPED or not known or len(known) < _MOST_KNOWN * len(values):
        return
    unknown = tuple(value for value in values if value not in known)
    words = {"from": column, **({"split": " - "} if with_number else {})}
    entry = {**words, "values": ValueMap(known, unknown, tuple(field.one_of)), "otherwise": "invalid"}
    yield Proposal(
        field.name,
        entry,
        (column,),
        column.sure(field.name) * (0.5 + len(known) / len(values) / 2),
        (*named(column, field.name), _GUESSED),
        alone=False,
    )


def _meaning(field: Field, value: str) -> str | None:
    """The word of the field for a value; the value itself where it is one."""
    spelt = value.strip().lower().replace(" ", "_")
    if spelt in field.one_of:
        return spelt
    rules = MEANINGS.get(field.name, ())
    return next((word for word, pattern in rules if word in field.one_of and re.search(pattern, value)), None)
