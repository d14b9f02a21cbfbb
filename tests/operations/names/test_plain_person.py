"""Tests of leadingest.operations.names.plain_person, against the full reading."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.names.census import shares
from leadingest.operations.names.people import read_person
from leadingest.operations.names.plain_person import plain_person
from leadingest.operations.names.vocabulary import ALL

WORDS = (
    st.sampled_from(sorted(shares()))
    | st.sampled_from(sorted(name for name, share in shares().items() if share > 0.5))
    | st.sampled_from(sorted(ALL))
    | st.sampled_from(["MCDONALD", "MACDONALD", "MACK", "ABDUL", "NEE", "O'BRIEN", "REED-LEE", "A"])
)
CAPITALS = st.sampled_from([str.upper, str.title, str.lower])


def plainly(text: str) -> dict[str, str] | None:
    found: dict[str, str] | None = pl.select(plain_person(pl.lit(text))).item()
    return found if found and found["first"] is not None else None


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("ANN REED", True),
        ("Reed, Ann", True),
        ("DR ANN REED", False),
        ("Ann van Rhee", False),
        ("ANN MCDONALD", False),
        ("ANN REED II", False),
        ("OAK TREE", False),
        ("Vacant Director", False),
        ("ANN A", False),
    ],
)
def test_a_known_first_and_a_known_last_name_are_plain(name: str, plain: bool) -> None:
    assert (plainly(name) is not None) is plain


@given(first=WORDS, last=WORDS, capitals=CAPITALS, separator=st.sampled_from([" ", ", "]))
def test_a_plain_name_has_the_parts_that_the_full_reading_gives(
    first: str, last: str, capitals: Callable[[str], str], separator: str
) -> None:
    text = capitals(f"{first}{separator}{last}")
    plain = plainly(text)
    reading = read_person(text)
    assert plain is None or (reading is not None and plain == reading.parts())
