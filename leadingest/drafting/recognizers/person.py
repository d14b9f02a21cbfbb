"""The name of a person in one column, `LAST, FIRST` or not: first and last name, with what else stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from leadingest.drafting.contents import share_like
from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.operations.person import Person
from leadingest.wording import percent

_PARTS: Final = {"first_name": "first", "last_name": "last"}
#: Of the values: with fewer persons the column holds firms.
_SOME: Final = 0.3
_HALF: Final = 0.5
_THREE: Final = 3
#: A column of its own for each part is surer.
_LESS_SURE: Final = 0.9
_AMONG_FIRMS: Final = 0.6
_ROLE_AFTER_LINE: Final = "two_lines"
_E_MAIL: Final = r"([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})"
_WITHOUT_E_MAIL: Final = {
    "pattern": r"[(<\[]?[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}[)>\]]?",
    "with": "",
}
#: Forms of address that the word `person` does not know.
_FORM_ABROAD: Final = {
    "pattern": r"^(?:Frau|Herrn?|Fr\.|Hr\.|Hrn\.|Mme|Mlle|Madame|Monsieur|Señora?|Sra?\.|Dña\.|Dhr\.|Mevr\.|Mw\.|Sig\.(?:ra)?) +",
    "with": "",
}
_LOOKED_AT: Final = 60
_FORM_OF_ADDRESS: Final = r"(?i)^(?:mr|mrs|ms|miss|dr|rev)\.?$"


def recognize_person(task: Task) -> Iterator[Proposal]:
    """A header that names somebody to talk to; a second line, as under `Ann Reed`, is a role."""
    names_of_the_facility = task.sample.ranked("company")[:1]
    for column in task.sample.ranked("contact"):
        if column in names_of_the_facility and not column.looks("last_first", least=_HALF):
            continue
        sure = column.sure("contact") * _LESS_SURE
        others = not_persons(column)
        persons = 1 - share(others)
        if task.has("title") and (role := role_entry(column)):
            yield Proposal("title", role, (column,), sure, named(column, "contact"), alone=False)
        if persons < _SOME or column.looks("flag", "date", least=_SOME):
            continue
        # A column with none but persons comes before one with firms among them.
        surely = sure * (_AMONG_FIRMS + (1 - _AMONG_FIRMS) * persons)
        for field, entry in person_entries(column, persons).items():
            if task.has(field):
                shown = tuple(column.values.filter(others).head(_THREE))
                doubts = tuple(_doubts(column, persons))
                yield Proposal(field, entry, (column,), surely, doubts, alone=False, shown=shown)


def _doubts(column: SampleColumn, persons: float) -> Iterator[str]:
    yield from named(column, "contact")
    if persons < 1:
        yield f"{percent(1 - persons)} of the names are not names of persons and are left blank"


def role_entry(column: SampleColumn) -> dict[str, Any] | None:
    """The entry for the role that stands with the names; None where there is none."""
    if column.looks(_ROLE_AFTER_LINE):
        return {"from": column, "split": "\n", "part": -1}
    looked = column.values.head(_LOOKED_AT).alias("value").to_frame()
    titles = looked.select(Person(person="title").expr(pl.col("value"))).to_series()
    titles = (titles != "") & ~titles.str.contains(_FORM_OF_ADDRESS)
    return {"from": column, "person": "title", "otherwise": "blank"} if share(titles) >= _HALF else None


def person_entries(column: SampleColumn, persons: float) -> Mapping[str, dict[str, Any]]:
    """The entries that take first and last name out of the column, of whose values so many are persons."""
    words: dict[str, Any] = {"split": "\n"} if column.looks(_ROLE_AFTER_LINE) else {}
    if _has_e_mail(column):
        words["replace"] = _WITHOUT_E_MAIL
    elif share_like(column, _FORM_ABROAD["pattern"]) >= _SOME:
        words["replace"] = _FORM_ABROAD
    otherwise = {} if persons == 1 else {"otherwise": "blank"}
    return {field: {"from": column, **words, "person": part, **otherwise} for field, part in _PARTS.items()}


def share_of_persons(column: SampleColumn) -> float:
    """The share of its values that the word `person` recognizes, without what else stands beside them."""
    return 1 - share(not_persons(column)) if column.distinct else 0.0


def not_persons(column: SampleColumn) -> pl.Series:
    """Which of its values the word `person` does not recognize."""
    names = column.values.str.split("\n").list.first()
    if _has_e_mail(column):
        names = names.str.replace(_WITHOUT_E_MAIL["pattern"], "")
    names = names.str.replace(_FORM_ABROAD["pattern"], "")
    last = Person(person="last").expr(pl.col("value"))
    return names.alias("value").to_frame().select((last != "").fill_null(value=False).not_()).to_series()


def _has_e_mail(column: SampleColumn) -> bool:
    return not column.looks("email", least=_HALF) and share_like(column, _E_MAIL) >= _HALF


#: Less sure than a column of its own.
_INSIDE: Final = 0.6


def recognize_e_mail_inside(task: Task) -> Iterator[Proposal]:
    """An address for e-mail beside something else in the cells: `Ann Reed (ann@oak.example)`."""
    for column in task.sample.columns if task.has("email") else ():
        if _has_e_mail(column):
            entry = {"from": column, "extract": _E_MAIL}
            doubt = "the first address that stands in the cell"
            yield Proposal("email", entry, (column,), _INSIDE, (doubt,), alone=False)
