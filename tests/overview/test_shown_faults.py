"""Tests of leadingest.overview.shown_faults: what is shown holds no value."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.destinations.diagnostics import InvalidValue, InvalidValueGroup, Reject, RejectGroup
from leadingest.overview.shown_faults import (
    MOST_SHOWN,
    ShownExample,
    shape,
    shown_invalid_values,
    shown_rejects,
)
from tests.overview.written_mapping import written_mapping

RAW = '{"Name": "", "Phone": "702-200-3000", "Ext": "5", "Notes": "call Ann"}'


def rejects(field: str | None, rule: str, message: str, raw: str) -> RejectGroup:
    return RejectGroup(field, rule, 7, (Reject(4, 5, message, raw),))


def test_of_a_reject_the_cells_that_its_field_reads_are_told_by_shape(tmp_path: Path) -> None:
    mapping = written_mapping(tmp_path, "  company: [Name, Old Name]\n  phone: {join: [Phone, Ext]}")
    shown = shown_rejects(rejects("phone", "phone", "Phone, Ext is no phone number", RAW), mapping)
    assert (shown.kind, shown.count, shown.about) == ("reject", 7, "Phone, Ext is no phone number")
    assert shown.examples == (ShownExample(4, 5, (("Phone", "999-999-9999"), ("Ext", "9"))),)
    (blank,) = shown_rejects(rejects("company", "required", "Name has no value", RAW), mapping).examples
    assert blank.shapes == (("Name", ""),)


def test_without_its_mapping_a_reject_is_told_by_its_place_alone() -> None:
    shown = shown_rejects(rejects("phone", "phone", "Phone is no phone number", RAW), None)
    assert shown.examples == (ShownExample(4, 5, ()),)


def test_a_record_that_could_not_be_read_is_told_by_its_shape_and_the_reason() -> None:
    shown = shown_rejects(rejects(None, "long_record", "16 cells instead of 15", 'Oak "Tree", LLC,614'), None)
    assert shown.examples == (ShownExample(4, 5, (("", 'Xxx "Xxxx", XXX,999'),)),)
    assert shown.about.startswith("It has more cells than the header")


def test_an_invalid_value_is_told_by_header_and_shape_however_many_cells_it_is_of() -> None:
    examples = (
        InvalidValue(1, "Phone", "none known"),
        InvalidValue(2, "Phone, Ext", '{"Phone": "702-2", "Ext": null}'),
        InvalidValue(3, "City, State", "Reno"),
    )
    shown = shown_invalid_values(InvalidValueGroup("phone", "phone", 3, examples))
    assert [each.shapes for each in shown.examples] == [
        (("Phone", "xxxx xxxxx"),),
        (("Phone", "999-9"), ("Ext", "")),
        (("City, State", "Xxxx"),),
    ]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("702-200-3000", "999-999-9999"),
        ("Oak St", "Xxx Xx"),
        ("Àé ß 山 ٣½", "Xx x x 99"),
        ("a@b.org", "x@x.xxx"),
        ("a\tb\n\x00c", "x x  x"),
        ("", ""),
        ("7" * 61, "9" * 60 + "…"),
    ],
)
def test_letters_and_digits_are_told_by_their_kind(value: str, seen: str) -> None:
    assert shape(value) == seen


@given(st.text(max_size=200))
def test_no_letter_and_no_digit_of_a_value_is_shown(value: str) -> None:
    seen = shape(value)
    assert {sign for sign in seen if sign.isalnum()} <= {"X", "x", "9"}
    assert len(seen) <= MOST_SHOWN + 1
    assert seen.isprintable()
