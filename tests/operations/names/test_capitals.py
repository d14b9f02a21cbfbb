"""Tests of leadingest.operations.names.capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.names.capitals import capitalized


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("REED", "Reed"),
        ("MCDONALD", "McDonald"),
        ("MACDONALD", "MacDonald"),
        ("MACGREGOR", "MacGregor"),
        ("MACIAS", "Macias"),
        ("MACHADO", "Machado"),
        ("MACIEL", "Maciel"),
        ("MACHUCA", "Machuca"),
        ("MACKEY", "Mackey"),
        ("MACY", "Macy"),
        ("O'BRIEN", "O'Brien"),
        ("O’BRIEN", "O’Brien"),
        ("OʼBRIEN", "OʼBrien"),
        ("O'BRIEN'S", "O'Brien's"),
        ("MCDONALD'S", "McDonald's"),
        ("D'ANGELO", "D'Angelo"),
        ("REED-MCDONALD", "Reed-McDonald"),
        ("ST.HELENS", "St.Helens"),
        ("REED,ANN", "Reed,Ann"),
        ("REED;OAK/PINE&ELM", "Reed;Oak/Pine&Elm"),
        ("STRATFORD-ON-AVON", "Stratford-on-Avon"),
        ("AT&T", "AT&T"),
        ("A&W", "A&W"),
        ("3M", "3M"),
        ("12TH", "12th"),
        ("U.S.", "U.S."),
        ("J.R.", "J.R."),
        ("LLC,", "LLC,"),
        ("PHD", "PhD"),
        ("JÉRÔME", "Jérôme"),
    ],
)
def test_a_word_gets_the_capitals_of_a_name(word: str, expected: str) -> None:
    assert capitalized(word) == expected
    assert capitalized(word.lower()) == expected


@given(st.text(max_size=20))
def test_nothing_but_capitals_changes(word: str) -> None:
    assert capitalized(word).upper().casefold() == word.upper().casefold()
