"""Fields of plain text, told by their headers; with a trade name or a number in the same cell, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from leadingest.drafting.contents import FIRM, share_like, weighed
from leadingest.drafting.proposal import Entry, Proposal, named
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
    "license_type": "has_letters",
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
    "ages_served": ("flag", "digits"),
    "schedule": ("flag",),
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
            doubts = (*named(column, field), *_in_brackets(field, column))
            yield Proposal(field, text_entry(field, column), (column,), score, doubts)


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
        score = column.sure("company") * _SURER
        company = {"from": column, "dba": "trade", "otherwise": "keep"}
        yield Proposal("company", company, (column,), score)
        if task.has("licensee_name"):
            holder = {"from": column, "dba": "legal", "otherwise": "keep"}
            yield Proposal("licensee_name", holder, (column,), 0.5, (_BEFORE,), alone=False)


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
