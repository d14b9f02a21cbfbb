"""Tests of leadingest.operations.in_years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.operations.in_years import InYears
from tests.operations.laws import COLUMNS, applied, hold

WORD = InYears(in_years=True)


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("3 years 7 months", "3"),
        ("1 yr, 13 mos", "2"),
        ("1 year and 6 months", "1"),
        ("2yrs.6mos.", "2"),
        ("1y6m", "1"),
        ("11 months 3 weeks", "0"),
        ("11 months & 5 weeks", "1"),
        ("3 years 2 months 1 week 4 days", "3"),
        ("3½ years", "3"),
        ("½ year", "0"),
        ("4 1/2 yrs", "4"),
        ("1-1/2 years", "1"),
        ("1/2 year", "0"),
        ("18½ months old", "1"),
        ("3½", "3"),
        ("6¾", "6"),
        ("104 weeks", "2"),
        ("103 weeks", "1"),
        ("730 days", "2"),
        ("364 days", "0"),
        ("4 months 35 weeks", "1"),
        ("0 years", "0"),
        ("36-months", "3"),
        ("3 YEAR(S)", "3"),
        ("18 month(s)", "1"),
        ("2 years; 6 months", "2"),
        ("2 yrs/6 mos", "2"),
        ("1 ½", "1"),
        ("122 years", "122"),
        # Not one age, or not known which.
        ("6 weeks 5 years", None),
        ("6 weeks - 5 years", None),
        ("2 years 3 years", None),
        ("3-4 months", None),
        ("500 years", None),
        ("123 years", None),
        ("122 years 12 months", None),
        ("2 months 1 year", None),
        ("3 years 7", None),
        ("3 7 months", None),
        ("3.5", None),
        ("11/2 years", None),
        ("2½½ years", None),
        ("and 3 years", None),
        (", 3 months", None),
        ("years", None),
        ("old", None),
        ("3 years and up", None),
    ],
)
def test_an_age_is_read_as_a_whole_or_not_at_all(cell: str, years: str | None) -> None:
    assert applied(WORD, [cell]) == [years]


@given(COLUMNS)
def test_any_text_is_taken(cells: list[str | None]) -> None:
    hold(WORD, cells)


@given(st.integers(0, 20), st.integers(0, 30), st.sampled_from([" ", "", ", ", " and "]))
def test_years_and_months_are_the_years_that_are_full(years: int, months: int, between: str) -> None:
    assert applied(WORD, [f"{years} years{between}{months} months"]) == [str(years + months // 12)]
