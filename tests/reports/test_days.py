"""Tests of leadingest.reports.days."""

from datetime import UTC, date, datetime

from leadingest.reports.days import ago, clock, day


def test_days_and_times_are_told_as_people_say_them() -> None:
    assert day(date(2026, 11, 3)) == "3 Nov 2026"
    assert day(datetime(2026, 1, 31, 23, 59, tzinfo=UTC)) == "31 Jan 2026"
    assert clock(datetime(2026, 1, 31, 9, 5, tzinfo=UTC)) == "09:05"
    assert [ago(days) for days in (0, 1, 2, 1400, -1)] == [
        "today",
        "yesterday",
        "2 days ago",
        "1,400 days ago",
        "in 1 day",
    ]
