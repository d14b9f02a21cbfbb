"""Tests of leadingest.tables.types.base."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from leadingest.tables.types.base import stored_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        ("00123", "00123"),
        (date(2026, 6, 30), "2026-06-30"),
        (datetime(2026, 6, 30, 13, 30), "2026-06-30 13:30:00"),
        (Decimal("7.50"), "7.50"),
    ],
)
def test_a_value_is_written_as_it_is_stored(value: object, text: str) -> None:
    assert stored_text(value) == text
