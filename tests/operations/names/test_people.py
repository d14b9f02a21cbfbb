"""Tests of leadingest.operations.names.people, over lists of made-up cells of all kinds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.names.people import PersonName, read_person
from leadingest.operations.names.vocabulary import ALL, shares

HERE: Final = Path(__file__).parent
PEOPLE: Final = [tuple(row) for row in yaml.safe_load((HERE / "people.yaml").read_text("utf-8"))]
NO_PEOPLE: Final = [str(cell) for cell in yaml.safe_load((HERE / "no_people.yaml").read_text("utf-8"))]

WORDS: Final = st.one_of(
    st.sampled_from(
        ["JOHN", "Ann", "mary", "SMITH", "Reed", "LEE", "O'BRIEN", "MCDONALD", "de", "LA", "CRUZ", "VAN"]
    ),
    st.sampled_from(
        ["A", "B.", "J.R.", "Jr", "III", "MD", "Dr.", "Mrs.", '"Bob"', "(Bob)", "Ann-Marie", "née", "y"]
    ),
    st.sampled_from(
        ["Owner", "Director", "CEO", "Attn:", "Vice", "President", "of", "Sales", "Owners", "Cook"]
    ),
    st.sampled_from(sorted(ALL)),
    st.sampled_from(sorted(shares())[::997]),
    st.text(st.characters(categories=["L", "M"]), min_size=1, max_size=6),
)
SEPARATORS: Final = st.sampled_from(
    [
        " ",
        " ",
        " ",
        " ",
        ", ",
        ",",
        " & ",
        "&",
        " and ",
        " OR ",
        "; ",
        "/",
        " / ",
        " + ",
        " - ",
        "\n",
        "-",
        " (",
        ") ",
    ]
)
CELLS: Final = st.lists(st.tuples(WORDS, SEPARATORS), min_size=1, max_size=8).map(
    lambda pairs: "".join(f"{word}{separator}" for word, separator in pairs).strip()
) | st.text(max_size=40)


def letters(text: str) -> list[str]:
    return sorted(letter for letter in text.upper().casefold() if letter.isalnum())


def parts(reading: PersonName) -> list[str]:
    return [reading.first, reading.middle, reading.last, reading.suffix, reading.title]


@pytest.mark.parametrize(("cell", "first", "last"), PEOPLE)
def test_of_a_cell_that_names_people_the_first_one_is_read(cell: str, first: str, last: str | None) -> None:
    reading = read_person(cell)
    assert reading is not None
    assert (reading.first, reading.last) == (first, last or "")


@pytest.mark.parametrize("cell", NO_PEOPLE)
def test_a_cell_that_names_nobody_for_certain_is_not_read(cell: str) -> None:
    assert read_person(cell) is None


def test_the_lists_are_long_enough_to_say_something() -> None:
    assert len(PEOPLE) >= 150
    assert len(NO_PEOPLE) >= 150


@given(CELLS)
def test_every_letter_and_digit_of_a_cell_is_in_a_part_or_in_what_is_left_out_by_name(cell: str) -> None:
    reading = read_person(cell)
    if reading is None:
        return
    letters_found = Counter(letters("".join([*parts(reading), *reading.left_out])))
    assert letters_found <= Counter(letters(cell))
    missing = Counter(letters(cell)) - letters_found
    words = Counter(re.findall(r"(?i)(?<= )(?:and|or)(?= )", cell.replace("\n", " ").lower()))
    assert missing["d"] <= words["and"]
    assert missing["o"] <= words["or"]
    assert missing == Counter("and" * missing["d"] + "or" * missing["o"])


@given(CELLS)
def test_every_word_of_a_part_stands_in_the_cell(cell: str) -> None:
    reading = read_person(cell)
    if reading is not None:
        found = "".join(letter for letter in cell.upper().casefold() if letter.isalnum())
        for word in " ".join(parts(reading)).split():
            assert "".join(letter for letter in word.upper().casefold() if letter.isalnum()) in found


@given(CELLS)
def test_of_one_person_the_parts_are_the_cell(cell: str) -> None:
    reading = read_person(cell)
    if reading is not None and not reading.left_out:
        assert letters("".join(parts(reading))) == letters(cell)


@given(CELLS)
def test_no_part_of_a_name_has_a_bracket_or_a_dash_that_joins_nothing(cell: str) -> None:
    reading = read_person(cell)
    if reading is not None:
        for part in (reading.first, reading.middle, reading.last):
            assert not set(part) & set("()[]:;|/")
            assert re.search(r"(?:^|\s)[-–—]|[-–—](?:\s|$)", part) is None


@given(st.sampled_from(sorted(shares())).map(str.title), st.sampled_from(sorted(shares())).map(str.title))
def test_two_words_in_mixed_case_without_a_comma_are_not_turned_round(first: str, last: str) -> None:
    reading = read_person(f"{first} {last}")
    if reading is not None and reading.first and reading.last:
        assert f"{reading.first} {reading.last}" == f"{first} {last}"


@given(CELLS)
def test_a_person_has_a_name_and_no_last_name_of_a_single_letter(cell: str) -> None:
    reading = read_person(cell)
    if reading is not None:
        assert reading.first or (reading.title and reading.last)
        assert len(letters(reading.last)) != 1


@pytest.mark.parametrize(
    ("cell", "left_out"),
    [
        ("JOHN & JANE SMITH", ("JANE",)),
        ("SMITH, JOHN & DOE, JANE", ("DOE, JANE",)),
        ("Mr. & Mrs. John Smith", ("Mrs.",)),
        ("Attn: Ann Reed", ("Attn:",)),
        ("Ann (Annie) Reed", ("Annie",)),
        ("Ann Reed, Owner; May Lee, Director", ("May Lee", "Director")),
        ("John & Jane Smith, Owner", ("Jane", "Owner")),
        ("Dr. Ann Reed, Jr., Owner", ()),
    ],
)
def test_what_is_left_out_is_other_people_nicknames_and_attn(cell: str, left_out: tuple[str, ...]) -> None:
    reading = read_person(cell)
    assert reading is not None
    assert reading.left_out == left_out


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Ann Reed, Owner", "Owner"),
        ("ANN REED, OWNER", "Owner"),
        ("ANN REED, CEO", "CEO"),
        ("Ann Reed - Director", "Director"),
        ("Ann Reed (Owner/Director)", "Owner/Director"),
        ("Maria Cole Licensee", "Licensee"),
        ("Ann Reed Assistant Director", "Assistant Director"),
        ("Ann Reed, Vice President of Sales", "Vice President of Sales"),
        ("Owner: Ann Reed", "Owner"),
        ("Contact: Ann Reed", "Contact"),
        ("ANN REED, CFO/COO", "CFO/COO"),
        ("Ann Reed Contractor", "Contractor"),
        ("Dr. Ann Reed", "Dr."),
        ("Dr. Ann Reed, Director", "Dr., Director"),
        ("Ann Reed, Owner; May Lee, Director", "Owner"),
        ("John & Jane Smith, Owners", "Owners"),
        ("John & Jane Smith, Owner", ""),
        ("Ann Cook", ""),
        ("Ann Reed", ""),
    ],
)
def test_the_title_is_the_form_of_address_and_the_role_of_the_first_person(cell: str, title: str) -> None:
    reading = read_person(cell)
    assert reading is not None
    assert reading.title == title


@pytest.mark.parametrize(
    ("cell", "suffix"),
    [
        ("Ann Reed, LCSW", "LCSW"),
        ("ANN REED, RN BSN MBA", "RN BSN MBA"),
        ("Ann Reed, PA-C", "PA-C"),
        ("ANN REED, PHD", "PhD"),
        ("JOHN REED JR", "Jr"),
    ],
)
def test_a_degree_keeps_its_capitals(cell: str, suffix: str) -> None:
    reading = read_person(cell)
    assert reading is not None
    assert reading.suffix == suffix


def test_a_text_too_long_for_a_name_is_not_looked_at() -> None:
    assert read_person("Ann " + "Reed " * 1_000_000) is None
