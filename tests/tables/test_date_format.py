from __future__ import annotations

import re
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.tables.date_format import (
    DIRECTIVES,
    TIME_DIRECTIVES,
    DateFormat,
    TwoDigitYears,
    check_format,
    format_pattern,
)


def read(text: str, form: str, years: TwoDigitYears = "window", today: date = date(2026, 6, 30)) -> object:
    expr = DateFormat(form, years).expr(pl.lit(text), dtype=pl.Date(), today=today)
    return pl.select(expr).item()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("%m/%d/%Q", "'%Q' in '%m/%d/%Q' is not one of %Y"),
        ("%m/%d/%Y%", "'%' in '%m/%d/%Y%' is not one of"),
        ("%m/%m/%Y", "'%m' stands twice"),
        ("%m/%d", "needs a year"),
        ("%d %Y", "needs a year"),
        ("%m/%d/%Y %y", "needs a year (%Y or %y)"),
        ("%Y-%m-%d %I:%M", "'%I' in '%Y-%m-%d %I:%M' needs %p beside it"),
    ],
)
def test_a_format_that_makes_no_date_is_refused(form: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011, the sentence is compared below
        check_format(form)
    assert said in str(refused.value)


@pytest.mark.parametrize("form", ["%m/%d/%y", "%d %b %Y", "%B %d, %Y", "%Y%j", "%Y-%m-%dT%H:%M:%S.%f%z"])
def test_a_format_that_makes_a_date_is_taken(form: str) -> None:
    assert check_format(form) == form


@given(
    st.lists(
        st.sampled_from([*DIRECTIVES, *TIME_DIRECTIVES, "%q", "%", "/", " ", "T", "%m/%d/", "%H:%M"]),
        max_size=6,
    )
)
def test_the_pattern_for_editors_takes_just_the_same_formats(pieces: list[str]) -> None:
    form = "".join(pieces)
    try:
        taken = bool(check_format(form))
    except ValueError:
        taken = False
    assert bool(re.match(format_pattern(), form)) is taken


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("7/1/22", "%m/%d/%y", date(2022, 7, 1)),
        ("07/01/22", "%m/%d/%y", date(2022, 7, 1)),
        ("7/1/2", "%m/%d/%y", None),
        ("7/1/2022", "%m/%d/%y", None),
        ("11/30/23", "%m/%d/%Y", None),
        ("11/30/0023", "%m/%d/%Y", None),
        ("13/1/2022", "%m/%d/%Y", None),
        ("5 Jan 2022", "%d %b %Y", date(2022, 1, 5)),
        ("January 5, 2022", "%B %d, %Y", date(2022, 1, 5)),
        ("5252025", "%m%d%Y", None),
        ("2022-01-01T23:30:00-05:00", "%Y-%m-%dT%H:%M:%S%z", date(2022, 1, 1)),
        ("2022.01.05", "%Y.%m.%d", date(2022, 1, 5)),
        ("2022-01-05", "%Y.%m.%d", None),
    ],
)
def test_a_text_is_read_only_when_it_is_written_in_the_format(
    text: str, form: str, expected: date | None
) -> None:
    assert read(text, form) == expected


@pytest.mark.parametrize(
    ("text", "today", "years", "expected"),
    [
        ("6/30/26", date(2026, 6, 30), "past", date(2026, 6, 30)),
        ("7/1/26", date(2026, 6, 30), "past", date(1926, 7, 1)),
        ("7/1/27", date(2026, 6, 30), "past", date(1927, 7, 1)),
        ("12/31/46", date(2026, 6, 30), "window", date(2046, 12, 31)),
        ("1/1/47", date(2026, 6, 30), "window", date(1947, 1, 1)),
        ("1/1/75", date(2071, 6, 30), "window", date(2075, 1, 1)),
        ("2/29/00", date(2026, 6, 30), "past", date(2000, 2, 29)),
        ("2/29/00", date(1999, 6, 30), "past", None),
        ("2/29/96", date(2026, 6, 30), "past", date(1996, 2, 29)),
        ("2/29/28", date(2028, 2, 29), "past", date(2028, 2, 29)),
        ("2/29/28", date(2028, 2, 28), "past", date(1928, 2, 29)),
    ],
)
def test_a_two_digit_year_is_placed_by_the_pivot(
    text: str, today: date, years: TwoDigitYears, expected: date | None
) -> None:
    assert read(text, "%m/%d/%y", years, today) == expected


@given(day=st.dates(date(1900, 3, 1), date(2099, 12, 31)), today=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_date_that_must_be_past_is_the_latest_such_date(day: date, today: date) -> None:
    placed = read(day.strftime("%m/%d/%y"), "%m/%d/%y", "past", today)
    if placed is None:
        assert (day.month, day.day, day.year % 100) == (2, 29, 0)
        return
    assert isinstance(placed, date)
    assert placed <= today
    assert (placed.year % 100, placed.month, placed.day) == (day.year % 100, day.month, day.day)
    assert (placed.year + 100, placed.month, placed.day) > (today.year, today.month, today.day)


@given(day=st.dates(date(1900, 3, 1), date(2099, 12, 31)), today=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_other_date_lies_in_the_window(day: date, today: date) -> None:
    placed = read(day.strftime("%m/%d/%y"), "%m/%d/%y", "window", today)
    if placed is None:
        assert (day.month, day.day, day.year % 100) == (2, 29, 0)
        return
    assert isinstance(placed, date)
    assert today.year - 80 < placed.year <= today.year + 20
    assert (placed.year % 100, placed.month, placed.day) == (day.year % 100, day.month, day.day)


def test_a_time_is_given_in_utc() -> None:
    expr = DateFormat("%m/%d/%y %H:%M%z").expr(
        pl.lit("6/30/26 23:30-0500"), dtype=pl.Datetime("us"), today=date(2026, 6, 30)
    )
    assert pl.select(expr).item() == datetime(2026, 7, 1, 4, 30)
