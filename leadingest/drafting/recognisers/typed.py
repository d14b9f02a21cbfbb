"""Fields with a type of their own, told by header and values: phones, e-mail and web addresses, states, ZIP codes, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from leadingest.drafting.column import Column
from leadingest.drafting.proposal import Proposal, named, percent
from leadingest.drafting.task import Task
from leadingest.tables.column import Column as Field
from leadingest.tables.types.base import ColumnType

#: Of the values: so many must be what the header says, or look like it; from `_NEARLY_ALL` on the rest says nothing.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
#: What values of a type look like where they are no valid ones, such as made-up phone numbers.
_ROUGHLY: Final = {"phone": "phone", "us_zip": "zip", "integer": "number", "decimal": "number"}
#: Options of a type to try where values cannot be read without, with what to say of them.
_WITH_OPTIONS: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "us_zip": ({"restore_zeros": True},),
    "phone": ({"region": "GB"}, {"region": "IE"}, {"region": "AU"}, {"region": "NZ"}),
}
_LESS_SURE: Final = 0.6
_TYPES: Final = ("phone", "email", "url", "us_state", "us_zip", "integer", "decimal")


def recognise_typed(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with values that can be read as its type."""
    for name, field in task.table.columns.items():
        if field.type.name in _TYPES and not field.one_of:
            for column in task.sample.ranked(name):
                yield from _proposed(task, field, column)


def _proposed(task: Task, field: Field, column: Column) -> Iterator[Proposal]:
    name, kind = field.name, field.type
    sure, doubts = column.sure(name), named(column, name)
    share, options = _best_options(task, kind, column)
    if share >= _MOST:
        for option, value in options.items():
            doubts = (*doubts, _said(option, value))
        entry = {"from": column, **options} if options else column
        yield Proposal(name, entry, (column,), sure * (0.5 + min(1, share / _NEARLY_ALL) / 2), doubts)
    elif (roughly := _ROUGHLY.get(kind.name)) and column.looks(roughly, least=_MOST):
        many = f"only {percent(share)}" if share else "none"
        said = f"{many} of its values can be read as {kind.name}"
        yield Proposal(name, column, (column,), sure * _LESS_SURE, (*doubts, said))


def _best_options(task: Task, kind: ColumnType, column: Column) -> tuple[float, dict[str, Any]]:
    """The share that can be read, and the options that it takes to read it: none unless they read nearly all."""
    without = task.share_read(column, kind)
    if without < _NEARLY_ALL and not column.looks("phone", least=_MOST):
        for options in _WITH_OPTIONS.get(kind.name, ()):
            share = task.share_read(column, kind.with_options(options))
            if share >= _NEARLY_ALL:
                return share, options
    return without, {}


def _said(option: str, value: object) -> str:
    if option == "restore_zeros":
        return "some have lost their leading zeros, which are put back"
    return f"the numbers look like those of {value}"
