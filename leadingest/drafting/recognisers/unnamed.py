"""E-mail addresses, web addresses, phones and states under headers that do not tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.header_words import header_words
from leadingest.drafting.column import Column
from leadingest.drafting.known_headers import AVERSE
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task

#: Fields told by values alone: the shape that a value has, and what to call it.
_BY_VALUES: Final = {
    "email": ("email", "e-mail addresses"),
    "phone": ("phone", "phone numbers"),
    "phone2": ("phone", "phone numbers"),
    "website_address": ("url", "web addresses"),
    "state": ("us_state", "states"),
}
_MOST: Final = 0.9
_SCORE: Final = 0.35
_FEW_STATES: Final = 0.95
#: Pages of the agency's own site about its providers are nobody's web site.
_HOSTS: Final = 3


def recognise_unnamed(task: Task) -> Iterator[Proposal]:
    """Columns without a known meaning, whose values nearly all look like one thing."""
    for field, (shape, said) in _BY_VALUES.items():
        if not task.has(field):
            continue
        for column in task.sample.columns:
            if not column.meanings and _all_look(task, column, field, shape) and not _averse(column):
                yield Proposal(field, column, (column,), _SCORE, (f"the values look like {said}",))


def _all_look(task: Task, column: Column, field: str, shape: str) -> bool:
    if shape == "us_state":
        return (
            column.looks("letters", least=_MOST)
            and task.share_read(column, task.table.columns[field].type) >= _FEW_STATES
        )
    if not column.looks(shape, least=_MOST):
        return False
    if shape == "url":
        return column.values.str.extract("(?i)^(?:https?://)?([^/]+)").n_unique() > min(
            _HOSTS, column.distinct - 1
        )
    # Ten digits may be any number: a phone under an unknown header has its signs.
    return shape != "phone" or not column.looks("digits", least=0.5)


def _averse(column: Column) -> bool:
    return not AVERSE.isdisjoint(header_words(column.header))
