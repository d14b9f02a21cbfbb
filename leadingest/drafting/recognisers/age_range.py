"""`6 WKS To 13 YRS`, alone or in a sentence: the ages served, the youngest and the oldest in years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.drafting.column import Column
from leadingest.drafting.proposal import Entry, Proposal
from leadingest.drafting.task import Task

_MOST: Final = 0.7
_BETWEEN: Final = r"(?i)^.+?( *(?:\bto\b|-|–) *).+$"
#: Readable, since it stands in the mapping; the shape has told before that these are ages.
_INSIDE: Final = r"(?i)\bages? ([0-9.]+ *\w+ *(?:to|-|–) *[0-9.]+ *\w+)"
_LET: Final = "ages"


def recognise_age_range(task: Task) -> Iterator[Proposal]:
    """Values that are, or hold, two ages with their units, whatever the header."""
    for column in task.sample.columns:
        if column.looks("age_range", least=_MOST):
            yield from _proposed(task, column, column, column.values, let={})
        elif column.looks("age_range_inside", least=_MOST) and _is_free(task):
            let = {_LET: {"from": column, "extract": _INSIDE}}
            ages = column.values.str.extract(_INSIDE, 1).drop_nulls()
            yield from _proposed(task, column, _LET, ages, let=let)


def _proposed(
    task: Task, column: Column, ages: Column | str, values: pl.Series, let: dict[str, dict[str, Any]]
) -> Iterator[Proposal]:
    separator = str(values.str.extract(_BETWEEN, 1).drop_nulls().mode().sort()[0])
    entries: dict[str, Entry] = {"ages_served": ages}
    for field, part in (("min_age", 1), ("max_age", 2)):
        entries[field] = {"from": ages, "split": separator, "part": part, "in_years": True}
    for field, entry in entries.items():
        if task.has(field):
            yield Proposal(field, entry, (column,), 0.95, alone=False, let=let)


def _is_free(task: Task) -> bool:
    """Whether no header has the name that the `let` value is to have."""
    return all(column.label != _LET for column in task.sample.columns)
