from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.addresses.street_words import STREET_WORDS
from leadingest.tables.comparison_forms import fold_street, fold_text


def folded(text: str) -> str | None:
    value = pl.select(fold_text(pl.lit(text))).item()
    assert value is None or isinstance(value, str)
    return value


def street(text: str) -> str | None:
    value = pl.select(fold_street(fold_text(pl.lit(text)))).item()
    assert value is None or isinstance(value, str)
    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pine  Tree\nCare", "PINE TREE CARE"),
        ("Niño's Place", "NINOS PLACE"),
        ("A.B.C. Care, L.L.C.", "ABC CARE LLC"),
        ("K-12/After School", "K 12 AFTER SCHOOL"),
        ("1.5 Steps", "1 5 STEPS"),
        ("---", None),
        ("#", None),
    ],
)
def test_a_text_is_compared_without_case_accents_and_signs(text: str, expected: str | None) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ("150 N. Willow Street, Suite #100", "150 NORTH WILLOW ST STE 100", "150 N Willow St. Unit 100"),
        ("12 Oak Avenue Apt 4-B", "12 OAK AVE # 4 B"),
        ("P.O. Box 12", "PO BOX 12", "p o box 12", "Post Office Box 12"),
        ("900 N. W. 38th Terrace", "900 NW 38TH TER", "900 Northwest 38th Terr."),
        ("7 Street Street", "7 St St"),
    ],
)
def test_addresses_of_one_door_are_the_same(texts: tuple[str, ...]) -> None:
    assert len({street(text) for text in texts}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Oak St", "12 Oak Ave"),
        ("12 N Oak St", "12 S Oak St"),
        ("12 Oak St Unit 4", "12 Oak St Unit 5"),
        ("12 Oak St Unit 4", "12 Oak St"),
        ("29.5 Road", "295 Road"),
        ("12 Oak St Fl 2", "12 Oak St Ste 2"),
    ],
)
def test_addresses_of_two_doors_are_not(one: str, other: str) -> None:
    assert street(one) != street(other)


@given(text=st.text(st.sampled_from("aé .,#'-17 NSt"), min_size=1))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = street(text)
    assert once is None or street(once) == once


def test_an_abbreviation_has_no_abbreviation() -> None:
    assert not set(STREET_WORDS) & set(STREET_WORDS.values())
