from __future__ import annotations

import re
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.tables.date_format import (
    DIRECTIVES,
    TIME_DIRECTIVES,
    DateFormat,
    TwoDigitYears,
    check_format,
    format_pattern,
)
from leadingest.tables.types.date import Date
from tests.searched import examples


def read(text: str, form: str, years: TwoDigitYears = "window", today: date = date(2026, 6, 30)) -> object:
    expr = DateFormat(form, years).expr(pl.lit(text), dtype=pl.Date(), today=today)
    return pl.select(expr).item()


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("%m/%d/%Q", "'%Q' in '%m/%d/%Q' is not one of %Y"),
        ("%m/%d/%Y%", "'%' in '%m/%d/%Y%' is not one of"),
        ("%m/%m/%Y", "'%m' occurs twice"),
        ("%m/%d", "needs a year"),
        ("%d %Y", "needs a year"),
        ("%m/%d/%Y %y", "needs a year (%Y or %y)"),
        ("%Y-%m-%d %I:%M", "'%I' in '%Y-%m-%d %I:%M' also needs %p"),
    ],
)
def test_a_format_that_makes_no_date_is_refused(form: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011, the sentence is compared below
        check_format(form)
    assert message in str(refused.value)


@pytest.mark.parametrize("form", ["%m/%d/%y", "%d %b %Y", "%B %d, %Y", "%Y%j", "%Y-%m-%dT%H:%M:%S.%f%z"])
def test_a_format_that_makes_a_date_is_taken(form: str) -> None:
    assert check_format(form) == form


@given(
    st.lists(
        st.sampled_from(
            [*DIRECTIVES, *TIME_DIRECTIVES, "%q", "%", "/", " ", "T", "%m/%d/", "%H:%M", "serial"]
        ),
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
        ("05252025", "%m%d%Y", date(2025, 5, 25)),
        ("1152025", "%m%d%Y", None),
        ("112025", "%m%d%Y", None),
        ("31122024", "%d%m%Y", date(2024, 12, 31)),
        ("3112024", "%d%m%Y", None),
        ("2025105", "%Y%m%d", None),
        ("051125", "%m%d%y", date(2025, 5, 11)),
        ("51125", "%m%d%y", None),
        ("5125", "%m%d%y", None),
        ("251105", "%y%m%d", date(2025, 11, 5)),
        ("25115", "%y%m%d", None),
        ("2025032", "%Y%j", date(2025, 2, 1)),
        ("202532", "%Y%j", None),
        ("25032", "%y%j", date(2025, 2, 1)),
        ("2532", "%y%j", None),
        ("32/2025", "%j/%Y", date(2025, 2, 1)),
        ("FEB052025", "%b%d%Y", date(2025, 2, 5)),
        ("FEB52025", "%b%d%Y", None),
        ("5FEB2025", "%d%b%Y", date(2025, 2, 5)),
        ("Feb5, 2025", "%b%d, %Y", date(2025, 2, 5)),
        ("05/2520", "%d/%m%y", None),
        ("5/0220", "%d/%m%y", date(2020, 2, 5)),
        ("2025-02-05 0930", "%Y-%m-%d %H%M", date(2025, 2, 5)),
        ("2025-02-05 930", "%Y-%m-%d %H%M", None),
        ("2025-02-05 9:5", "%Y-%m-%d %H:%M", date(2025, 2, 5)),
        ("0999-02-05", "%Y-%m-%d", None),
        ("20250205", "2%y0%m%d", None),
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
    ("form", "signs"),
    [
        ("%m/%d/%Y", "/"),
        ("%Y%m%d", ""),
        ("%B %d, %Y", " ,"),
        ("%Y-%m-%dT%H:%M:%S%z", "-T:"),
        ("%d 20%y", " 20"),
    ],
)
def test_the_signs_of_a_format_stand_in_every_text_that_it_reads(form: str, signs: str) -> None:
    assert DateFormat(form).signs == set(signs)


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


FORMATS = st.lists(
    st.permutations(["%Y", "%m", "%d"])
    | st.permutations(["%y", "%b", "%d"])
    | st.permutations(["%y", "%j", "%H", "%M"]),
    min_size=1,
    max_size=1,
).flatmap(
    lambda pieces: st.tuples(
        st.just(pieces[0]), st.lists(st.sampled_from(["", "", "/", " ", "-"]), min_size=4)
    )
)


@settings(max_examples=examples(300))
@given(FORMATS, st.data())
def test_a_date_that_comes_out_accounts_for_every_digit(
    form: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    pieces, between = form
    text_form = "".join(
        piece + sign for piece, sign in zip(pieces, [*between[: len(pieces) - 1], ""], strict=True)
    )
    # What cells are like: numbers of any width, and often what the format would make of a day.
    numbers = {"%Y": st.integers(0, 2100).map(str), "%b": st.sampled_from(["Jan", "OCT"])}
    number = st.integers(0, 40).map(str) | st.integers(0, 40).map("{:02}".format)
    cell = "".join(
        data.draw(numbers.get(piece, number)) + sign
        for piece, sign in zip(pieces, [*between[: len(pieces) - 1], ""], strict=True)
    )
    expr = DateFormat(text_form).expr(pl.lit(cell), dtype=pl.Datetime("us"), today=date(2026, 6, 30))
    value = pl.select(expr).item()
    if value is not None:
        assert _runs(value.strftime(text_form), text_form) == _runs(cell, text_form)
        assert 1000 <= value.year <= 9999


def _runs(text: str, form: str) -> list[str]:
    """What stands between the signs; a number by itself without the zeros before it."""
    alone = [len(re.findall("%[^b]", piece)) == 1 and "%b" not in piece for piece in re.split("[/ -]", form)]
    return [
        run.lstrip("0") if by_itself else run.upper()
        for run, by_itself in zip(re.split("[/ -]", text), alone, strict=True)
    ]


def test_a_day_before_the_earliest_is_none_and_another_format_may_have_it() -> None:
    kind = Date(formats=("%d%m%Y", "%Y%m%d"), earliest=date(1850, 1, 1))
    texts = pl.Series(["20121015", "15102012", "31121849", "01011850"])
    read_as = pl.select(kind.parse(pl.lit(texts), today=date(2026, 6, 30))).to_series().to_list()
    assert read_as == [date(2012, 10, 15), date(2012, 10, 15), None, date(1850, 1, 1)]


@pytest.mark.parametrize("text", ["9999-12-31 23:30-0500", "1000-01-01 00:30+0500"])
def test_a_moment_that_is_outside_the_years_in_utc_is_none(text: str) -> None:
    form = DateFormat("%Y-%m-%d %H:%M%z")
    expr = form.expr(pl.lit(text), dtype=pl.Datetime("us"), today=date(2026, 6, 30))
    assert pl.select(expr).item() is None


def test_a_time_is_given_in_utc() -> None:
    expr = DateFormat("%m/%d/%y %H:%M%z").expr(
        pl.lit("6/30/26 23:30-0500"), dtype=pl.Datetime("us"), today=date(2026, 6, 30)
    )
    assert pl.select(expr).item() == datetime(2026, 7, 1, 4, 30)


@given(
    st.datetimes(datetime(1927, 5, 19), datetime(2173, 10, 13)).map(lambda each: each.replace(microsecond=0))
)
def test_a_serial_number_is_the_moment_that_a_spreadsheet_program_means(moment: datetime) -> None:
    days = (moment - datetime(1899, 12, 30)).total_seconds() / 86_400
    expr = DateFormat("serial").expr(pl.lit(f"{days:.10f}"), dtype=pl.Datetime("us"), today=date(2026, 6, 30))
    assert pl.select(expr).item() == moment
    assert read(f"{days:.10f}", "serial") == moment.date()


@pytest.mark.parametrize("text", ["2023", "20230716", "045123", "45123.", "-45123", "45,123", "4.5123E4"])
def test_what_may_be_something_else_is_no_serial_number(text: str) -> None:
    assert read(text, "serial") is None
