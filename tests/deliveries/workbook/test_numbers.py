"""Tests of leadingest.deliveries.workbook.numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.workbook.numbers import date_texts, elapsed_texts, number_texts


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("12", "12"),
        ("-12.5", "-12.5"),
        ("0", "0"),
        ("-0", "0"),
        ("12.0", "12"),
        ("12.50", "12.5"),
        ("12.300000000000001", "12.3"),
        ("0.30000000000000004", "0.3"),
        ("-115.13683400000001", "-115.136834"),
        ("1E5", "100000"),
        ("1.5E+3", "1500"),
        ("1.23456789012345E+17", "123456789012345000"),
        ("1e-7", "0.0000001"),
        (".5", "0.5"),
        ("5.", "5"),
        ("20000000000000000001", "20000000000000000001"),
        ("007", "007"),
        ("+5", "+5"),
        ("1_000", "1_000"),
        ("NaN", "NaN"),
        ("1E9999", "1E9999"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_a_number_is_told_as_a_person_would_write_it(stored: str, text: str) -> None:
    assert number_texts(pl.Series([stored])).to_list() == [text]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_15_digits_and_has_no_exponent(number: float) -> None:
    (text,) = number_texts(pl.Series([repr(number)]))
    assert "e" not in text.lower()
    assert f"{Decimal(text):.14e}" == f"{Decimal(repr(number)):.14e}" or Decimal(text) == Decimal(
        repr(number)
    )


@given(st.integers(-(10**40), 10**40))
def test_a_whole_number_stays_as_it_is(number: int) -> None:
    assert number_texts(pl.Series([str(number)])).to_list() == [str(number)]


@pytest.mark.parametrize(
    ("stored", "in_1900", "in_1904"),
    [
        ("44317", "2021-05-01", "2025-05-02"),
        ("44317.5625", "2021-05-01 13:30:00", "2025-05-02 13:30:00"),
        ("44317.43055555556", "2021-05-01 10:20:00", "2025-05-02 10:20:00"),
        ("44000.999999", "2020-06-18 23:59:59.914", "2024-06-19 23:59:59.914"),
        ("44000.9999999999", "2020-06-19", "2024-06-20"),
        ("0", "1900-01-00", "1904-01-01"),
        ("0.5625", "13:30:00", "1904-01-01 13:30:00"),
        ("1", "1900-01-01", "1904-01-02"),
        ("59", "1900-02-28", "1904-02-29"),
        ("60", "1900-02-29", "1904-03-01"),
        ("61", "1900-03-01", "1904-03-02"),
        ("2957003", "9995-12-30", "9999-12-31"),
        ("2958465", "9999-12-31", "2958465"),
        ("2958466", "2958466", "2958466"),
        ("-1", "-1", "-1"),
        ("1E300", "1E300", "1E300"),
        ("n/a", "n/a", "n/a"),
        ("NaN", "NaN", "NaN"),
    ],
)
def test_a_number_is_a_day_and_a_time(stored: str, in_1900: str, in_1904: str) -> None:
    assert date_texts(pl.Series([stored]), from_1904=False).to_list() == [in_1900]
    assert date_texts(pl.Series([stored]), from_1904=True).to_list() == [in_1904]


@pytest.mark.parametrize(
    ("stored", "text"), [("0", "00:00:00"), ("0.5", "12:00:00"), ("1.5", "1904-01-02 12:00:00")]
)
def test_the_first_day_stands_for_none_in_a_time_of_day(stored: str, text: str) -> None:
    assert date_texts(pl.Series([stored]), from_1904=True, time_of_day=True).to_list() == [text]


@pytest.mark.parametrize(
    ("stored", "text"),
    [("1.5", "36:00:00"), ("0", "00:00:00"), ("100", "2400:00:00"), ("-1", "-1"), ("x", "x")],
)
def test_elapsed_time_has_any_number_of_hours(stored: str, text: str) -> None:
    assert elapsed_texts(pl.Series([stored])).to_list() == [text]


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)), st.booleans())
def test_every_second_of_the_calendar_comes_back(moment: datetime, from_1904: bool) -> None:
    moment = moment.replace(microsecond=0)
    day_0 = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if moment < day_0 + timedelta(days=1):
        return
    serial = (moment - day_0) / timedelta(days=1)
    text = f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00").zfill(10)
    assert date_texts(pl.Series([repr(serial)]), from_1904=from_1904).to_list() == [text]


def test_days_follow_each_other() -> None:
    days = date_texts(pl.Series([str(day) for day in range(61, 100_000)]), from_1904=False)
    assert days.to_list() == [str(date(1900, 3, 1) + timedelta(days=day)) for day in range(99_939)]
