"""Columns that are empty in this file and may be filled in the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task
from leadingest.tables.types.base import ColumnType

_LESS_SURE: Final = 0.45
_DOUBT: Final = "it is empty in this file"


def recognise_empty(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with nothing under it."""
    for name, field in task.table.columns.items():
        if field.one_of or _needs_values(field.type):
            continue
        for column in task.sample.empty(name):
            yield Proposal(name, column, (column,), column.sure(name) * _LESS_SURE, (_DOUBT,))


def _needs_values(kind: ColumnType) -> bool:
    """Whether it cannot be told without values how they are written."""
    return bool(kind.date_formats) or kind.storage.kind == "boolean"
