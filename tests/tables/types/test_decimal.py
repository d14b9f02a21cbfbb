from __future__ import annotations

from datetime import date
from decimal import Decimal as Number

import polars as pl
import pytest
from pydantic import ValidationError

from leadingest.tables.types.decimal import Decimal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("999.99", Number("999.99")),
        ("0999.990", Number("999.99")),
        ("+1.5", Number("1.50")),
        ("1000", None),
        ("1.999", None),
        ("1,00", None),
        ("1.", None),
        (".", None),
        ("--1", None),
        ("1+1", None),
    ],
)
def test_a_number_that_does_not_fit_is_invalid_and_never_rounded(text: str, expected: Number | None) -> None:
    value = Decimal(precision=5, scale=2).parse(pl.lit(text), today=date(2026, 6, 30))
    assert pl.select(value).item() == expected


def test_more_decimals_than_digits_are_refused() -> None:
    with pytest.raises(ValidationError, match="must not have more decimals"):
        Decimal(precision=2, scale=3)
