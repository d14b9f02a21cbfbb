"""Fields with a type of their own: told by header and values, by values alone, or by the header of an empty column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.known_headers import AVERSE
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task
from leadingest.tables.column import Column as Field
from leadingest.tables.types.base import ColumnType, Evidence, Trial
from leadingest.wording import percent

#: Of the values: so many must be what the header says, or look like it; from `_NEARLY_ALL` on the rest says nothing.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
_LESS_SURE: Final = 0.6


def recognize_typed(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with values that can be read as its type."""
    for name, field in task.table.columns.items():
        if not field.one_of and not _is_for_another(field.type):
            for column in task.sample.ranked(name):
                yield from _proposed(task, field, column)


def _proposed(task: Task, field: Field, column: SampleColumn) -> Iterator[Proposal]:
    name, kind = field.name, field.type
    sure, doubts = column.sure(name), named(column, name)
    share, trial = _best_trial(task, kind, column)
    if share >= _MOST:
        if trial:
            doubts = (*doubts, trial.doubt)
        entry = {"from": column, **trial.options} if trial else column
        yield Proposal(name, entry, (column,), sure * (0.5 + min(1, share / _NEARLY_ALL) / 2), doubts)
    elif _looks_roughly(column, kind):
        many = f"only {percent(share)}" if share else "none"
        doubt = f"{many} of its values can be read as {kind.name}"
        yield Proposal(name, column, (column,), sure * _LESS_SURE, (*doubts, doubt))


def _is_for_another(kind: ColumnType) -> bool:
    """Whether other recognizers know it better: plain texts, dates by their formats, and yes or no."""
    return kind.any_text or bool(kind.date_formats) or kind.storage.kind == "boolean"


def _looks_roughly(column: SampleColumn, kind: ColumnType) -> bool:
    """Whether most values are meant as the type, valid or not, as far as that shows."""
    look = kind.look
    return look is not None and look.roughly is not None and column.looks(look.kind, least=_MOST)


def _best_trial(task: Task, kind: ColumnType, column: SampleColumn) -> tuple[float, Trial | None]:
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


#: Fields told by values alone.
_BY_VALUES: Final = ("email", "phone", "phone2", "website_address", "state")
_SURELY_ALIKE: Final = 0.9
_SCORE: Final = 0.35
#: Of values that other texts may look like, so many must be read as the type.
_SURELY_READ: Final = 0.95
#: Pages of the agency's own site about its providers are nobody's web site.
_HOSTS: Final = 3


def recognize_unnamed(task: Task) -> Iterator[Proposal]:
    """Columns without a known meaning, whose values nearly all look like one thing."""
    for field in filter(task.has, _BY_VALUES):
        kind = task.table.columns[field].type
        for column in task.sample.columns:
            if kind.look and not column.meanings and _all_look(task, column, kind) and not _averse(column):
                doubt = f"the values look like {kind.look.plural}"
                yield Proposal(field, column, (column,), _SCORE, (doubt,))


def _all_look(task: Task, column: SampleColumn, kind: ColumnType) -> bool:
    if kind.look is None or not column.looks(kind.look.kind, least=_SURELY_ALIKE):
        return False
    if kind.look.tells < Evidence.NO_TEXT and task.share_read(column, kind) < _SURELY_READ:
        return False
    # Digits alone may be any number: a phone under an unknown header has its signs.
    return not column.looks("digits", least=0.5) and not _of_few_hosts(column)


def _of_few_hosts(column: SampleColumn) -> bool:
    hosts = column.values.str.extract(r"(?i)^((?:https?://|www\.)[^/]+)").drop_nulls()
    return len(hosts) > 0 and hosts.n_unique() <= min(_HOSTS, column.distinct - 1)


def _averse(column: SampleColumn) -> bool:
    return not AVERSE.isdisjoint(header_words(column.header))


_SURE_IF_EMPTY: Final = 0.45
_DOUBT: Final = "it is empty in this file"


def recognize_empty(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with nothing under it."""
    for name, field in task.table.columns.items():
        if field.one_of or _needs_values(field.type):
            continue
        for column in task.sample.empty(name):
            yield Proposal(name, column, (column,), column.sure(name) * _SURE_IF_EMPTY, (_DOUBT,))


def _needs_values(kind: ColumnType) -> bool:
    """Whether it cannot be told without values how they are written."""
    return bool(kind.date_formats) or kind.storage.kind == "boolean"


def recognize_phone_extension(task: Task) -> Iterator[Proposal]:
    """A header that names a phone and another that names its extension."""
    phone, extension = task.sample.likeliest("phone"), task.sample.likeliest("phone_extension")
    if phone and extension and task.has("phone"):
        entry = {"join": [phone, {"from": extension, "prefix": "x"}]}
        yield Proposal("phone", entry, (phone, extension), phone.sure("phone") * 1.01)
