"""Yes and no, however the list says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.proposal import Proposal, ProposedValues, named
from leadingest.drafting.sample import SampleColumn, Task

_NO: Final = frozenset(["no", "not", "none", "non", "never", "does"])
_FEW: Final = 3


def recognize_flags(task: Task) -> Iterator[Proposal]:
    """A header that names a yes or no, with values that say it: Y and N, or a word that repeats the header."""
    for field, target in task.table.columns.items():
        if target.type.storage.kind != "boolean":
            continue
        for column in task.sample.ranked(field):
            doubts = named(column, field)
            if task.share_read(column, target.type) == 1:
                yield Proposal(field, column, (column,), column.sure(field), doubts)
            elif column.distinct <= _FEW and (meanings := _meanings(column)):
                values = task.sample.every_value(column)
                entry = {
                    "from": column,
                    "values": ProposedValues(
                        meanings, tuple(value for value in values if value not in meanings), ("yes", "no")
                    ),
                    "otherwise": "invalid",
                }
                doubt = 'a blank cell may mean "no": if so, add `default: "no"`'
                yield Proposal(field, entry, (column,), column.sure(field), (*doubts, doubt))


def _meanings(column: SampleColumn) -> dict[str, str]:
    """What each value means, of those that hold a word of the header or are a mark."""
    header = set(header_words(column.header))
    meanings = {}
    for value in column.values.to_list():
        words = set(header_words(value))
        if words & header or value.casefold() in {"x", "✓", "✔"}:
            meanings[value] = "no" if words & _NO else "yes"
    return meanings
