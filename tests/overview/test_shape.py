"""Tests of leadingest.overview.shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.overview.shape import MOST_SHOWN, shape


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
