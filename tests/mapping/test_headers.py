"""Tests of leadingest.mapping.headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.mapping.headers import ShownHeaders, is_ignored, looks_like_header, position_of
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

DDL = Path(__file__).parents[2] / "ddl"
KNOWN = ("Name", "Phone", "Town")


@pytest.mark.parametrize(
    ("name", "headers", "position"),
    [
        ("As Of", ["Name", "As Of"], 1),
        ("As Of", ["Name", "AS\u200b of"], 1),
        ("As Of", ["as of", "As Of"], 1),
        ("As Of", ["as of", "AS OF"], None),
        ("As Of", ["As Of", "As Of"], None),
        ("As Of", ["Name"], None),
    ],
)
def test_a_header_is_found_whatever_its_capitals(name: str, headers: list[str], position: int | None) -> None:
    assert position_of(name, headers) == position


def test_patterns_of_ignored_headers_know_no_capitals() -> None:
    patterns = ("Agency", "Old *")
    assert [each for each in ("AGENCY", "old\u200b Phone", "Older", "Fax") if is_ignored(each, patterns)] == [
        "AGENCY",
        "old\u200b Phone",
    ]


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    text = 'source: utah\ndelivery: {match: "utah.csv"}\nfields: {company: Name, phone: Phone, city: Town}\nignore: ["*", "Old *"]\n'
    (tmp_path / "utah.yaml").write_text(text, encoding="utf-8")
    return read_mapping(tmp_path / "utah.yaml", ddl=DDL, shown_as="utah.yaml")


@pytest.mark.parametrize(
    "text",
    ["Name", "Facility/Provider DVN", "# of children", "Address 2", "Größe", "isOpen", "Fee %", "CITY_NAME"],
)
def test_letters_and_few_words_look_like_a_header(text: str) -> None:
    assert looks_like_header(text)


@pytest.mark.parametrize(
    "text",
    [
        "a@b.example",
        "702-555-0143",
        "12 Elm St",
        "LX-123",
        "2024",
        "",
        "one two three four five six seven",
        "x" * 61,
    ],
)
def test_what_has_digits_or_many_words_does_not(text: str) -> None:
    assert not looks_like_header(text)


@pytest.mark.parametrize(
    ("more", "values", "shown"),
    [
        (("Fax", "Room 101"), [], ("Fax", "column 5 (a 999)")),
        (("Reno", "Fax"), [" RENO "], ("column 4 (a)", "Fax")),
        (("Al", "a@b.example"), [], ("column 4 (a)", "column 5 (a@a.a)")),
        (("Old 12345", ""), [], ("Old 12345", "")),
    ],
    ids=["by itself", "a value as well", "beside what is surely somebody's", "ignored by name, and blank"],
)
def test_beside_the_headers_of_the_mapping_what_looks_like_one_is_named(
    mapping: Mapping, more: tuple[str, ...], values: list[str], shown: tuple[str, ...]
) -> None:
    headers = (*KNOWN, *more)
    assert ShownHeaders.of_mapping(mapping, headers, values=values).shown(headers) == (*KNOWN, *shown)


def test_of_a_record_in_place_of_the_headers_nothing_is_named(mapping: Mapping) -> None:
    record = ("Al", "Elm", "Reno", "Open")
    for values in (None, ["reno"]):
        shown = ShownHeaders.of_mapping(mapping, record, values=values).shown(record)
        assert shown == ("column 1 (a)", "column 2 (a)", "column 3 (a)", "column 4 (a)")


def test_a_new_layout_whose_headers_are_no_values_is_named(mapping: Mapping) -> None:
    layout = ("Facility", "Telephone", "City")
    assert ShownHeaders.of_mapping(mapping, layout, values=["Oak", "Reno"]).shown(layout) == layout


def test_a_header_of_the_published_load_is_known(mapping: Mapping) -> None:
    shown = ShownHeaders.of_mapping(mapping, ("Room 101", "x@y"), published=["Room 101"])
    assert shown.shown(("Room 101", "x@y")) == ("Room 101", "column 2 (a@a)")


@given(headers=st.lists(st.text(max_size=20), max_size=6))
def test_what_is_shown_in_place_of_a_header_tells_nothing_and_stays_what_it_is(headers: list[str]) -> None:
    shown = ShownHeaders(frozenset(), (), row_of_headers=False, values=frozenset()).shown(headers)
    for before, now in zip(headers, shown, strict=True):
        assert not before or not {*now.partition("(")[2]}.intersection("bcdefgxyzBCXYZ012345678")
    again = ShownHeaders(frozenset(), (), row_of_headers=False, values=frozenset()).shown(shown)
    assert again == shown
