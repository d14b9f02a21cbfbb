"""Fields of plain text, told by their headers; with a trade name or a number in the same cell, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.drafting.contents import FIRM, fit, share_like, weighed
from leadingest.drafting.proposal import Entry, Proposal, named
from leadingest.drafting.recognizers.vocabulary import share_of_known
from leadingest.drafting.sample import SURE, SampleColumn, Task

#: What values of a field must look like, where they must look like anything.
_LOOKS: Final[dict[str, str]] = {
    "company": "has_letters",
    "operator": "has_letters",
    "first_name": "letters",
    "last_name": "has_letters",
    "title": "letters",
    "language": "letters",
    "address1": "has_letters",
    "city": "letters",
    "county": "letters",
    "licensee_name": "has_letters",
    "license_type": "a_letter",
    "curriculum_type": "letters",
}
_LEAST: Final = 0.7
#: Fields in which capitals are changed to readable case, with the word of the language that does it.
_CASES: Final = {
    "city": "title",
    "county": "title",
    "licensee_name": "name",
    "first_name": "name",
    "last_name": "name",
}
#: Of the values: with more firms among them they are left as they are, for `case: name` is made for persons.
_FIRMS: Final = 0.5
#: What a value of these shapes is instead.
_SOMETHING_ELSE: Final[dict[str, tuple[str, ...]]] = {
    "address1": ("one_line_address",),
    "license_type": ("type_and_number", "date"),
    "ages_served": ("flag", "digits", "date"),
    "schedule": ("flag", "date"),
    "first_name": ("last_first", "two_lines"),
}
#: Numbers of any kind may be written as those of telephones are.
_CODES: Final = ("license_number", "provider_id")
#: A kind stands in many records.
_MOST_KINDS: Final = 60


_BRACKETS: Final = r"^(.+?) *\([^()]+\)$"


def recognize_text(task: Task) -> Iterator[Proposal]:
    """A header that is known to name a text field, where the values do not speak against it."""
    for field, target in task.table.columns.items():
        if not target.type.any_text or target.one_of:
            continue
        for column in task.sample.ranked(field):
            if speaks_against(field, column):
                continue
            score = weighed(field, column, column.sure(field), records=task.sample.records)
            if field == "license_type" and _says_states(task, column):
                score *= _LESS_SURE
            doubts = (*named(column, field), *_in_brackets(field, column), *_without_numbers(field, column))
            yield Proposal(field, text_entry(field, column), (column,), score, doubts)


#: How sure a kind of license remains whose values are all states of one.
_LESS_SURE: Final = 0.4
_NO_NUMBERS: Final = "hardly any of the streets has a house number"


def _says_states(task: Task, column: SampleColumn) -> bool:
    """Whether nearly all values say where a license stands, and hardly one what kind of care it is for."""
    status, kind = (task.table.columns.get(name) for name in ("license_status", "facility_type"))
    return bool(
        status
        and kind
        and share_of_known(status, column) >= _ALL
        and share_of_known(kind, column) < _SOME
        and task.sample.fmt.header != "none"
    )


def _without_numbers(field: str, column: SampleColumn) -> Iterator[str]:
    if field == "address1" and share_like(column, r"[0-9]") < _LEAST / 2:
        yield _NO_NUMBERS


def _in_brackets(field: str, column: SampleColumn) -> Iterator[str]:
    """The doubt to have of kinds of which some are others with more in brackets behind them."""
    if field == "license_type":
        bare = column.values.str.extract(_BRACKETS, 1).drop_nulls()
        if bare.is_in(column.values.implode()).any():
            yield "some values are others with more in brackets, which may be a status"


def speaks_against(field: str, column: SampleColumn) -> bool:
    """Whether the values are surely none of the field."""
    shape = _LOOKS.get(field)
    return (
        (shape is not None and not column.looks(shape, least=_LEAST))
        or column.looks("flag")
        or column.looks(*SURE)
        or (field not in _CODES and column.looks("phone"))
        or (field in _SOMETHING_ELSE and column.looks(*_SOMETHING_ELSE[field], least=0.5))
        or (field == "license_type" and column.distinct > _MOST_KINDS)
    )


#: Boroughs of New York City that are counties of another name.
_COUNTIES: Final = {"brooklyn": "Kings", "manhattan": "New York", "staten island": "Richmond"}


def _boroughs(column: SampleColumn) -> dict[str, str]:
    """Those among the values, with their counties."""
    found = {value: _COUNTIES.get(value.casefold()) for value in column.values.to_list()}
    return {value: county for value, county in found.items() if county}


def text_entry(field: str, column: SampleColumn) -> Entry:
    """The column, with what it takes to write its values as the field has them."""
    words: dict[str, Any] = {"from": column}
    if field == "county" and column.looks("of_county", least=_LEAST):
        words["replace"] = {"pattern": "(?i) county$", "with": ""}
    if field == "county" and (boroughs := _boroughs(column)):
        words |= {"values": boroughs, "otherwise": "keep"}
    if (
        (case := _CASES.get(field))
        and column.looks("capitals", least=0.1)
        and not (case == "name" and share_like(column, FIRM) > _FIRMS)
    ):
        words["case"] = case
    return words if len(words) > 1 else column


_SOME: Final = 0.1
_SURER: Final = 1.1
_BEFORE: Final = "what stands before DBA is taken for the holder of the license"


def recognize_trade_name(task: Task) -> Iterator[Proposal]:
    """Names of which some hold DBA: doing business as."""
    for column in task.sample.ranked("company"):
        if not column.looks("trade_name", least=_SOME):
            continue
        # Surer than the name as a whole; what has two DBA in it is taken as it is.
        score = weighed("company", column, column.sure("company"), records=task.sample.records) * _SURER
        company = {"from": column, "dba": "trade", "otherwise": "keep"}
        yield Proposal("company", company, (column,), score)
        if task.has("licensee_name"):
            holder = {"from": column, "dba": "legal", "otherwise": "keep"}
            yield Proposal("licensee_name", holder, (column,), 0.5, (_BEFORE,), alone=False)


_LEGAL: Final = "the legal name, of which the trade name may be another"
#: Of the records: where fewer have a trade name, others have none but the legal one.
_ALL: Final = 0.98
_SOME_FIT: Final = 0.4


def recognize_names_of_firms(task: Task) -> Iterator[Proposal]:
    """A header that names the trade name, which is blank where it is none but the legal one, under another header."""
    trade = task.sample.likeliest("trade_name")
    if not trade or trade.filled >= _ALL * task.sample.records or speaks_against("company", trade):
        return
    others = [*task.sample.ranked("licensee_name"), *task.sample.ranked("company")]
    legal = max(
        (
            each
            for each in others
            if each is not trade
            and not speaks_against("company", each)
            and fit("licensee_name", each) >= _SOME_FIT
        ),
        key=lambda column: (column.filled, max(column.sure("company"), column.sure("licensee_name"))),
        default=None,
    )
    if legal is None or legal.filled <= trade.filled or share_like(legal, FIRM) < _LEAST / 2:
        return
    names = (weighed("company", each, 1.0, records=task.sample.records) for each in (trade, legal))
    score = max(names) * _SURER
    yield Proposal("company", {"first_of": [trade, legal]}, (trade, legal), score)
    if task.has("licensee_name"):
        sure = legal.sure("licensee_name")
        doubts = named(legal, "licensee_name") if sure >= _LEAST else (_LEGAL,)
        yield Proposal("licensee_name", legal, (legal,), max(sure, 0.5), doubts, alone=False)


#: What stands between the languages of a cell, where that is no comma.
_BETWEEN: Final = (";", "|", "/", "\n", ",")


def recognize_lists(task: Task) -> Iterator[Proposal]:
    """Languages of which several stand in a cell: with commas between, each of them once."""
    if not task.has("language"):
        return
    for column in task.sample.ranked("language"):
        sign = next((each for each in _BETWEEN if share_like(column, re.escape(each)) >= _SOME), None)
        if not sign or speaks_against("language", column):
            continue
        pieces = column.values.str.split(sign).list.eval(pl.element().str.strip_chars())
        repeated = bool((pieces.list.len() > pieces.list.n_unique()).any())
        if sign == "," and not repeated:
            continue
        entry = {"from": column, "each": {"case": "title"}, "split_at": sign}
        if repeated:
            entry["distinct"] = True
        score = weighed("language", column, column.sure("language"), records=task.sample.records) * _SURER
        yield Proposal("language", entry, (column,), score, named(column, "language"))


_NUMBER: Final = " - ([A-Za-z]{0,4}[0-9][0-9A-Za-z-]*)$"
_SCORE: Final = 0.85


def recognize_type_and_number(task: Task) -> Iterator[Proposal]:
    """Values of words, a dash and a number, under a header that names a kind or a number of a license."""
    for meaning in ("license_type", "license_number", "facility_type"):
        for column in task.sample.ranked(meaning):
            if not column.looks("type_and_number"):
                continue
            if task.has("license_type"):
                entry = {"from": column, "split": " - "}
                yield Proposal("license_type", entry, (column,), _SCORE, alone=False)
            if task.has("license_number"):
                entry = {"from": column, "extract": _NUMBER}
                yield Proposal("license_number", entry, (column,), _SCORE, alone=False)
