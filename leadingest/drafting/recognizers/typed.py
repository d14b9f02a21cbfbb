"""Fields with a type of their own: told by header and values, by values alone, or by the header of an empty column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.contents import weighed
from leadingest.drafting.country import HOME
from leadingest.drafting.known_headers import AVERSE
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task
from leadingest.tables.column import Column as Field
from leadingest.tables.types.base import ColumnType, Evidence, Trial
from leadingest.tables.types.regional import Regional
from leadingest.wording import percent

#: Of the values: so many must be what the header says, or look like it; from `_NEARLY_ALL` on the rest says nothing.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
_LESS_SURE: Final = 0.6


def recognize_typed(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with values that can be read as its type."""
    for name, field in task.table.columns.items():
        if not field.one_of and not _is_for_another(field.type) and not _is_of_home_alone(task, field.type):
            for column in task.sample.ranked(name):
                yield from _proposed(task, field, column)


def _proposed(task: Task, field: Field, column: SampleColumn) -> Iterator[Proposal]:
    name, kind = field.name, field.type
    sure = weighed(name, column, column.sure(name), records=task.sample.records)
    doubts = named(column, name)
    share, trial = _best_trial(task, kind, column)
    if share >= _MOST:
        if trial and trial.doubt:
            doubts = (*doubts, trial.doubt)
        entry = {"from": column, **trial.options} if trial else column
        yield Proposal(name, entry, (column,), sure * (0.5 + min(1, share / _NEARLY_ALL) / 2), doubts)
    elif _looks_roughly(column, kind):
        many = f"only {percent(share)}" if share else "none"
        doubt = f"{many} of its values can be read as {kind.name}"
        yield Proposal(name, column, (column,), sure * _LESS_SURE, (*doubts, doubt))


def _is_for_another(kind: ColumnType) -> bool:
    """Whether other recognizers know it better: plain texts, dates, yes or no, and what is read by countries."""
    by_country = isinstance(kind, Regional) and kind.region_of is not None
    return kind.any_text or bool(kind.date_formats) or kind.storage.kind == "boolean" or by_country


def _looks_roughly(column: SampleColumn, kind: ColumnType) -> bool:
    """Whether most values are meant as the type, valid or not, as far as that shows."""
    look = kind.look
    return look is not None and look.roughly is not None and column.looks(look.kind, least=_MOST)


def _best_trial(task: Task, kind: ColumnType, column: SampleColumn) -> tuple[float, Trial | None]:
    """The share that can be read, and the options that it takes to read it: none unless they read nearly all."""
    without = task.share_read(column, kind)
    if without < _NEARLY_ALL:
        for trial in _trials(task, kind):
            share = task.share_read(column, kind.with_options(trial.options))
            if share >= _NEARLY_ALL:
                return share, trial
    return without, None


def _trials(task: Task, kind: ColumnType) -> tuple[Trial, ...]:
    """What is tried: the country of the list, for a type that reads differently in each; else what the type says."""
    if not isinstance(kind, Regional):
        return kind.trials
    if kind.region_of:
        return ()
    country = task.country
    doubt = "" if country.sure else f"the numbers look like those of {country.code}"
    return (Trial({"region": country.code}, doubt),) if country.code not in ("US", "CA") else ()


def _is_of_home_alone(task: Task, kind: ColumnType) -> bool:
    """Whether it is a code of the United States, and the list is of another country."""
    return kind.name.startswith("us_") and task.country.code != HOME


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
            if column.meanings or _averse(column) or not kind.look or _is_of_home_alone(task, kind):
                continue
            if (options := _options_to_read(task, column, kind)) is not None:
                entry = {"from": column, **options} if options else column
                doubt = f"the values look like {kind.look.plural}"
                yield Proposal(field, entry, (column,), _SCORE, (doubt,))


def _options_to_read(task: Task, column: SampleColumn, kind: ColumnType) -> Mapping[str, object] | None:
    """The options with which nearly all values are read as what they look like; None where they are not."""
    # Digits alone may be any number: a phone under an unknown header has its signs.
    if kind.look is None or not column.distinct or column.looks("digits", least=0.5) or _of_few_hosts(column):
        return None
    if column.looks(kind.look.kind, least=_SURELY_ALIKE):
        is_telling = kind.look.tells is Evidence.NO_TEXT or task.share_read(column, kind) >= _SURELY_READ
        return {} if is_telling else None
    trials = _trials(task, kind) if isinstance(kind, Regional) else ()
    read = (
        each for each in trials if task.share_read(column, kind.with_options(each.options)) >= _SURELY_READ
    )
    return next((each.options for each in read), None)


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
