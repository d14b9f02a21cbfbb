"""Tests of leadingest.overview.source_state."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from leadingest.mapping.sections import DeliverySchedule
from leadingest.overview.source_state import Freshness

MONDAY = datetime(2026, 7, 27, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "days_late"),
    [(date(2026, 7, 28), 0), (date(2026, 8, 3), 0), (date(2026, 8, 4), 1), (date(2026, 8, 10), 7)],
)
def test_a_delivery_is_late_from_the_day_after_it_was_due(today: date, days_late: int) -> None:
    freshness = Freshness(today, MONDAY, DeliverySchedule(every="week"))
    assert (freshness.due, freshness.days_late) == (date(2026, 8, 3), days_late)


def test_without_a_schedule_or_a_delivery_nothing_is_due() -> None:
    today = date(2026, 8, 10)
    for freshness in (Freshness(today, MONDAY, None), Freshness(today, None, DeliverySchedule(every="day"))):
        assert (freshness.due, freshness.days_late) == (None, 0)


def test_the_age_of_a_delivery_is_counted_in_days() -> None:
    assert Freshness(date(2026, 8, 3), MONDAY, None).age == 7
    assert Freshness(date(2026, 7, 26), MONDAY, None).age == -1
    assert Freshness(date(2026, 8, 3), None, None).age is None
