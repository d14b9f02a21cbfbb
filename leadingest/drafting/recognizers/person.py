"""The name of a person in one column, `LAST, FIRST` or not: first and last name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from leadingest.drafting.proposal import Proposal, named
from leadingest.drafting.sample import SampleColumn, Task, share
from leadingest.operations.person import Person
from leadingest.wording import percent

_PARTS: Final = {"first_name": "first", "last_name": "last"}
#: Of the values: with fewer persons the column holds firms.
_SOME: Final = 0.3
#: A column of its own for each part is surer.
_LESS_SURE: Final = 0.9
_ROLE_AFTER_LINE: Final = "two_lines"


def recognize_person(task: Task) -> Iterator[Proposal]:
    """A header that names somebody to talk to; a second line, as under `Ann Reed`, is a role."""
    names_of_the_facility = task.sample.ranked("company")[:1]
    for column in task.sample.ranked("contact"):
        if column in names_of_the_facility and not column.looks("last_first", least=0.5):
            continue
        sure = column.sure("contact") * _LESS_SURE
        lines: dict[str, Any] = {}
        if column.looks(_ROLE_AFTER_LINE):
            lines = {"split": "\n"}
            if task.has("title"):
                entry = {"from": column, "split": "\n", "part": -1}
                yield Proposal("title", entry, (column,), sure, named(column, "contact"), alone=False)
        persons = _share_of_persons(column)
        if persons < _SOME or column.looks("flag", "date", least=_SOME):
            continue
        for field, part in _PARTS.items():
            entry = {
                "from": column,
                **lines,
                "person": part,
                **({} if persons == 1 else {"otherwise": "blank"}),
            }
            if task.has(field):
                yield Proposal(field, entry, (column,), sure, tuple(_doubts(column, persons)), alone=False)


def _doubts(column: SampleColumn, persons: float) -> Iterator[str]:
    yield from named(column, "contact")
    if persons < 1:
        yield f"{percent(1 - persons)} of the names are not names of persons and are left blank"


def _share_of_persons(column: SampleColumn) -> float:
    first_lines = column.values.str.split("\n").list.first().alias("value").to_frame()
    parts = first_lines.select(Person(person="last").expr(pl.col("value")) != "").to_series()
    return share(parts)
