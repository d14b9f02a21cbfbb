"""Fields with a type of their own: told by header and values, or by the header of an empty column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from leadingest.drafting.contents import share_like, weighed
from leadingest.drafting.country import HOME
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task
from leadingest.tables.column import Column as Field
from leadingest.tables.types.base import ColumnType, Trial
from leadingest.tables.types.regional import Regional
from leadingest.wording import percent

#: Of the values: so many must be what the header says, or look like it; from `_NEARLY_ALL` on the rest says nothing.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
_LESS_SURE: Final = 0.6
#: Options that read this much more than nothing are taken where they do not read nearly all.
_FAR_FEWER: Final = 0.3


def recognize_typed(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a field, with values that can be read as its type."""
    for name, field in task.table.columns.items():
        if not field.one_of and not _is_for_another(field.type) and not is_of_home_alone(task, field.type):
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


#: Of two columns with phones the one that is not the first may be the other.
_ANOTHER: Final = 0.6
#: Where no header names a first phone, the surest that names a second one is the first.
_ONLY_PHONE: Final = 1.01
_ANOTHER_PHONE: Final = "it is another phone than the first; look whose it is"


def recognize_another_phone(task: Task) -> Iterator[Proposal]:
    """A column that names a phone, for the second one; one that names a second phone, where there is no first."""
    if not task.has("phone", "phone2"):
        return
    first, others = task.sample.ranked("phone"), task.sample.ranked("phone2")
    for column in () if first else others:
        for each in _proposed(task, task.table.columns["phone2"], column):
            yield replace(each, field="phone", score=each.score * _ONLY_PHONE)
    for column in first:
        for each in _proposed(task, task.table.columns["phone"], column):
            yield replace(
                each, field="phone2", score=each.score * _ANOTHER, doubts=(*each.doubts, _ANOTHER_PHONE)
            )


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
        for trial in trials_of(task, kind):
            share = task.share_read(column, kind.with_options(trial.options))
            if share >= _NEARLY_ALL:
                return share, trial
            if share >= _MOST and without < _FAR_FEWER * share:
                return share, replace(trial, doubt=f"only {percent(share)} of its values can be read so")
    return without, None


def trials_of(task: Task, kind: ColumnType) -> tuple[Trial, ...]:
    """What is tried: the country of the list, for a type that reads differently in each; else what the type says."""
    if not isinstance(kind, Regional):
        return kind.trials
    if kind.region_of:
        return ()
    country = task.country
    doubt = "" if country.sure else f"the numbers look like those of {country.code}"
    return (Trial({"region": country.code}, doubt),) if country.code not in ("US", "CA") else ()


def is_of_home_alone(task: Task, kind: ColumnType) -> bool:
    """Whether it is a code of the United States, and the list is of another country."""
    return kind.name.startswith("us_") and task.country.code != HOME


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


#: `113 children`: one number and words.
_COUNTED: Final = r"^\D*[0-9]{1,4}\D*$"


def recognize_count_with_words(task: Task) -> Iterator[Proposal]:
    """A header that names how many children, with the number beside words."""
    for column in task.sample.ranked("capacity") if task.has("capacity") else ():
        if column.looks("digits", least=_MOST) or share_like(column, _COUNTED) < _NEARLY_ALL:
            continue
        entry = {"from": column, "digits": True}
        yield Proposal("capacity", entry, (column,), column.sure("capacity"), named(column, "capacity"))


_LOCAL: Final = r"^[0-9]{3}[-. ]?[0-9]{4}$"


def recognize_area_code(task: Task) -> Iterator[Proposal]:
    """A header that names the area code, and another that names the rest of the number."""
    code, phone = task.sample.likeliest("area_code"), task.sample.likeliest("phone")
    if code and phone and task.has("phone") and share_like(phone, _LOCAL) >= _NEARLY_ALL:
        entry = {"join": [code, phone], "separator": "-"}
        yield Proposal("phone", entry, (code, phone), phone.sure("phone") * 1.01)


#: Four digits, which may have lost zeros at their start.
_FOUR: Final = r"^[0-9]{1,4}$"
_LENGTH: Final = 4
_FIVE: Final = r"^[0-9]{5}$"


def recognize_zip_plus_four(task: Task) -> Iterator[Proposal]:
    """A header that names a ZIP code of five digits, and another that names its four further digits."""
    code, plus = task.sample.likeliest("zip"), task.sample.likeliest("zip_plus")
    if not code or not plus or code is plus or not task.has("zip"):
        return
    if share_like(code, _FIVE) >= _NEARLY_ALL and share_like(plus, _FOUR) >= _NEARLY_ALL:
        whole = float(plus.values.str.len_chars().min() or 0) == _LENGTH  # type: ignore[arg-type]  # of lengths
        part = plus if whole else {"from": plus, "pad": _LENGTH}
        yield Proposal("zip", {"join": [code, part], "separator": "-"}, (code, plus), code.sure("zip") * 1.02)


def recognize_phone_extension(task: Task) -> Iterator[Proposal]:
    """A header that names a phone and another that names its extension."""
    phone, extension = task.sample.likeliest("phone"), task.sample.likeliest("phone_extension")
    if phone and extension and phone.position < extension.position and task.has("phone"):
        entry = {"join": [phone, {"from": extension, "prefix": "x"}]}
        yield Proposal("phone", entry, (phone, extension), phone.sure("phone") * 1.01)
