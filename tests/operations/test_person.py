"""Tests of leadingest.operations.person."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from leadingest.operations.names.vocabulary import ROLES, ROLES_SET_OFF
from leadingest.operations.person import Person
from tests.operations.laws import COLUMNS, applied, hold


def part(name: str, text: str) -> str | None:
    return applied(Person.model_validate({"person": name}), [text])[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ANN REED", "Ann", "Reed"),
        ("Ann Reed", "Ann", "Reed"),
        ("REED, ANN", "Ann", "Reed"),
        ("REED, ANN K.", "Ann", "Reed"),
        ("Ms. Ann B. Reed", "Ann", "Reed"),
        ("JOHN MCDONALD II", "John", "McDonald"),
        ("MAY O'BRIEN-SMITH", "May", "O'Brien-Smith"),
        ("ERIKA VAN RHEE", "Erika", "van Rhee"),
        ("Ann McAvoy", "Ann", "McAvoy"),
        ("ANN", "Ann", ""),
    ],
)
def test_a_name_in_any_usual_order_gives_its_parts_in_readable_case(text: str, first: str, last: str) -> None:
    assert (part("first", text), part("last", text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("ANN & MAY REED & LEE", "Reed"),
        ("ANN AND MAY REED AND LEE", "Reed"),
        ("ANN & MAY REED PINE & LEE", "Reed Pine"),
        ("ANN, MAY REED, LEE", "Reed"),
        ("ANN & MAY, REED & LEE", "Reed"),
        ("ANN & MAY REED", "Reed"),
        ("ANN & MAY REED PINE", "Reed Pine"),
        ("REED, ANN and MAY", "Reed"),
        ("ANN REED & MAY LEE", "Reed"),
    ],
)
def test_of_two_people_it_is_the_first(text: str, last: str) -> None:
    assert (part("first", text), part("last", text)) == ("Ann", last)


def test_of_two_people_the_role_is_that_of_the_first() -> None:
    assert part("title", "Ann Reed, Owner; May Lee, Director") == "Owner"


def test_a_suffix_is_no_second_person() -> None:
    assert (part("first", "REED, JOHN PAUL, JR"), part("last", "REED, JOHN PAUL, JR")) == ("John", "Reed")


def test_the_whole_name_can_be_taken() -> None:
    assert part("full", "REED, ANN K.") == "Ann K. Reed"


@pytest.mark.parametrize(("name", "value"), [("middle", ""), ("suffix", "Jr"), ("title", "Dr.")])
def test_the_other_parts_are_blank_where_they_are_not_there(name: str, value: str) -> None:
    assert part(name, "DR. JOHN REED JR") == value


@pytest.mark.parametrize(
    "text",
    [
        "---",
        "123",
        "(   )",
        "OAK TREE CARE, LLC",
        "Pine Daycare Inc.",
        "ELM ST. PUBLIC SCHOOLS",
        "Vacant",
        "a@b.example",
    ],
)
def test_what_is_no_name_is_not_recognized(text: str) -> None:
    assert part("first", text) is None


@given(COLUMNS)
def test_a_cell_has_the_same_parts_whatever_stands_beside_it(cells: list[str | None]) -> None:
    hold(Person(person="last"), cells)


def test_every_role_is_documented() -> None:
    documented = re.sub("[^A-Z,.:]", "", str(Person.__doc__).upper())
    assert [
        role for role in sorted(ROLES | ROLES_SET_OFF) if not re.search(rf"[,:]{role}[,.]", documented)
    ] == []
