"""Fields with a type of their own, told by header and values: phones, e-mail and web addresses, states, ZIP codes, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.column import Column
from leadingest.drafting.proposal import Proposal, named, percent
from leadingest.drafting.task import Task
from leadingest.tables.column import Column as Field
from leadingest.tables.types.base import ColumnType, Trial

#: Of the values: so many must be what the header says, or look like it; from `_NEARLY_ALL` on the rest says nothing.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
_LESS_SURE: Final = 0.6


def recognise_typed(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with values that can be read as its type."""
    for name, field in task.table.columns.items():
        if not field.one_of and not _is_for_another(field.type):
            for column in task.sample.ranked(name):
                yield from _proposed(task, field, column)


def _proposed(task: Task, field: Field, column: Column) -> Iterator[Proposal]:
    name, kind = field.name, field.type
    sure, doubts = column.sure(name), named(column, name)
    share, trial = _best_trial(task, kind, column)
    if share >= _MOST:
        if trial:
            doubts = (*doubts, trial.said)
        entry = {"from": column, **trial.options} if trial else column
        yield Proposal(name, entry, (column,), sure * (0.5 + min(1, share / _NEARLY_ALL) / 2), doubts)
    elif _looks_roughly(column, kind):
        many = f"only {percent(share)}" if share else "none"
        said = f"{many} of its values can be read as {kind.name}"
        yield Proposal(name, column, (column,), sure * _LESS_SURE, (*doubts, said))


def _is_for_another(kind: ColumnType) -> bool:
    """Whether other recognisers know it better: plain texts, dates by their formats, and yes or no."""
    return kind.any_text or bool(kind.date_formats) or kind.storage.kind == "boolean"


def _looks_roughly(column: Column, kind: ColumnType) -> bool:
    """Whether most values are meant as the type, valid or not, as far as that shows."""
    look = kind.look
    return look is not None and look.roughly is not None and column.looks(look.kind, least=_MOST)


def _best_trial(task: Task, kind: ColumnType, column: Column) -> tuple[float, Trial | None]:
    """The share that can be read, and the options that it takes to read it: none unless they read nearly all."""
    without = task.share_read(column, kind)
    if without < _NEARLY_ALL:
        for trial in kind.trials:
            if _looks_roughly(column, kind) and not trial.although_alike:
                continue
            share = task.share_read(column, kind.with_options(trial.options))
            if share >= _NEARLY_ALL:
                return share, trial
    return without, None
