"""Tests of leadingest.mapping.rhythm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from leadingest.mapping.rhythm import Rhythm


@pytest.mark.parametrize(
    ("every", "spelt", "due"),
    [
        ("day", "day", date(2026, 2, 1)),
        ("week", "week", date(2026, 2, 7)),
        ("2 weeks", "2 weeks", date(2026, 2, 14)),
        ("10", "10 days", date(2026, 2, 10)),
        ("1 days", "day", date(2026, 2, 1)),
        ("month", "month", date(2026, 2, 28)),
        ("quarter", "quarter", date(2026, 4, 30)),
        ("year", "year", date(2027, 1, 31)),
        ("14 months", "14 months", date(2027, 3, 31)),
    ],
)
def test_the_next_delivery_is_due_so_long_after_the_last(every: str, spelt: str, due: date) -> None:
    rhythm = Rhythm(every=every)
    assert (rhythm.every, rhythm.due(date(2026, 1, 31))) == (spelt, due)


@pytest.mark.parametrize("every", ["fortnight", "0", "0 weeks", "-1", "week 2", "1.5 weeks", ""])
def test_what_is_no_rhythm_is_refused(every: str) -> None:
    with pytest.raises(ValidationError, match="must be day, week, month, quarter or year"):
        Rhythm(every=every)


@given(
    st.integers(1, 999),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_a_rhythm_reads_back_as_it_is_spelt_and_always_leads_on(number: int, unit: str, last: date) -> None:
    rhythm = Rhythm(every=f"{number} {unit}")
    assert Rhythm(every=rhythm.every) == rhythm
    assert rhythm.due(last) - last >= number * timedelta(days=1)
