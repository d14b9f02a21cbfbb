"""E-mail addresses, web addresses, phones and states under headers that do not tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.header_words import header_words
from leadingest.drafting.column import Column
from leadingest.drafting.known_headers import AVERSE
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task
from leadingest.tables.types.base import ColumnType, Evidence

#: Fields told by values alone.
_BY_VALUES: Final = ("email", "phone", "phone2", "website_address", "state")
_MOST: Final = 0.9
_SCORE: Final = 0.35
#: Of values that other texts may look like, so many must be read as the type.
_NEARLY_ALL: Final = 0.95
#: Pages of the agency's own site about its providers are nobody's web site.
_HOSTS: Final = 3


def recognise_unnamed(task: Task) -> Iterator[Proposal]:
    """Columns without a known meaning, whose values nearly all look like one thing."""
    for field in filter(task.has, _BY_VALUES):
        kind = task.table.columns[field].type
        for column in task.sample.columns:
            if kind.look and not column.meanings and _all_look(task, column, kind) and not _averse(column):
                said = f"the values look like {kind.look.plural}"
                yield Proposal(field, column, (column,), _SCORE, (said,))


def _all_look(task: Task, column: Column, kind: ColumnType) -> bool:
    if kind.look is None or not column.looks(kind.look.kind, least=_MOST):
        return False
    if kind.look.tells < Evidence.NO_TEXT and task.share_read(column, kind) < _NEARLY_ALL:
        return False
    # Digits alone may be any number: a phone under an unknown header has its signs.
    return not column.looks("digits", least=0.5) and not _of_few_hosts(column)


def _of_few_hosts(column: Column) -> bool:
    hosts = column.values.str.extract(r"(?i)^((?:https?://|www\.)[^/]+)").drop_nulls()
    return len(hosts) > 0 and hosts.n_unique() <= min(_HOSTS, column.distinct - 1)


def _averse(column: Column) -> bool:
    return not AVERSE.isdisjoint(header_words(column.header))
