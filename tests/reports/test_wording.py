"""Tests of leadingest.reports.wording."""

from datetime import UTC, date, datetime

from leadingest.ingest.tally import FaultCount
from leadingest.reports.wording import (
    MOST_FAULTS,
    MOST_HEADERS,
    ago,
    clock,
    day,
    named_headers,
    percent_of,
    why,
)


def test_nothing_has_no_share() -> None:
    assert (percent_of(0, 9), percent_of(0, 0), percent_of(1, 3)) == ("", "", "33%")


def test_a_rule_is_told_where_it_is_not_the_name_of_the_field() -> None:
    faults = [
        FaultCount("phone", "phone", 1200),
        FaultCount("min_age", "in_years", 2),
        FaultCount(None, "cells", 1),
    ]
    assert why(faults) == " (1,200 phone, 2 min_age: in_years, 1 cells)"


def test_of_many_reasons_the_rest_is_summed_up() -> None:
    faults = [FaultCount(f"f{number}", "text", 2) for number in range(MOST_FAULTS + 2)]
    assert why(faults).endswith(", 4 more)")


def test_no_reason_is_nothing_to_say() -> None:
    assert why([]) == ""


def test_headers_are_named_in_a_sentence() -> None:
    assert named_headers(["Fee", "No\ntes"]) == "'Fee' and 'No tes'"


def test_of_many_only_the_first_are_named() -> None:
    text = named_headers([f"H{number}" for number in range(5000)])
    assert text.endswith("'H9' and 4990 more")
    assert text.count("'H") == MOST_HEADERS


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
