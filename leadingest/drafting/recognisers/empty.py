"""Columns that are empty in this file and may be filled in the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task

_LESS_SURE: Final = 0.45
#: How their values are written cannot be told without any.
_NEEDS_VALUES: Final = ("date", "datetime", "boolean")
_DOUBT: Final = "it is empty in this file"


def recognise_empty(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with nothing under it."""
    for name, field in task.table.columns.items():
        if field.one_of or field.type.name in _NEEDS_VALUES:
            continue
        for column in task.sample.empty(name):
            yield Proposal(name, column, (column,), column.sure(name) * _LESS_SURE, (_DOUBT,))
