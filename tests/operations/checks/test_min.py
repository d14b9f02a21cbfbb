"""Tests of leadingest.operations.checks.min, and of what `min` and `max` have in common."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from leadingest.operations.checks.max import Max
from leadingest.operations.checks.min import Min


def fails(check: Min | Max, values: pl.Series) -> list[bool | None]:
    return pl.select(check.fails(pl.lit(values), values.dtype)).to_series().to_list()


def test_the_bound_itself_is_allowed_and_a_blank_never_fails() -> None:
    numbers = pl.Series([1, 2, 3, None])
    assert fails(Min(min="2"), numbers) == [True, False, False, None]
    assert fails(Max(max="2"), numbers) == [False, False, True, None]


def test_dates_have_bounds_too() -> None:
    days = pl.Series([date(2020, 1, 1), date(2021, 1, 1)])
    assert fails(Min(min="2020-06-01"), days) == [True, False]


@pytest.mark.parametrize(
    ("bound", "dtype", "complaint"),
    [
        ("1", pl.Int32(), None),
        ("1.5", pl.Int32(), None),
        ("2020-12-31", pl.Date(), None),
        ("one", pl.Int32(), "must be a number, not 'one'"),
        ("1", pl.Date(), "must be a date such as 2020-12-31, not '1'"),
        ("1", pl.String(), "is for numbers and dates"),
        ("1", pl.Boolean(), "is for numbers and dates"),
    ],
)
def test_a_bound_of_another_kind_is_told(bound: str, dtype: pl.DataType, complaint: str | None) -> None:
    assert Min(min=bound).misfit(dtype) == complaint
