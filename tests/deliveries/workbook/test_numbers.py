from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.workbook.numbers import number_texts


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
