"""Tests of leadingest.mapping.sections."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from leadingest.mapping.sections import DeliverySchedule, Guards


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("10%", Fraction(1, 10)),
        ("0.5%", Fraction(1, 200)),
        ("100%", Fraction(1)),
        ("0%", Fraction(0)),
        ("off", None),
    ],
)
def test_a_share_is_exact(written: str, share: Fraction | None) -> None:
    assert Guards.model_validate({"most_rejects": written}).most_rejects == share


@pytest.mark.parametrize("written", ["10", "0.1", "101%", "-1%", "many", "", "%", ["10%"], 10])
def test_what_is_no_share_is_refused_in_words(written: object) -> None:
    with pytest.raises(ValidationError, match="must be a percentage such as 10%, or off"):
        Guards.model_validate({"largest_fall": written})


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("fewest_records", "some", "must be a number of records; 0 switches it off"),
        ("sent_before", "off", "must be hold or publish"),
        ("older_delivery", None, "must have a value"),
        ("most_reject", "10%", "Extra inputs"),
    ],
)
def test_a_key_or_value_that_there_is_not_is_refused(key: str, value: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Guards.model_validate({key: value})


def test_what_a_mapping_says_stands_over_what_the_project_says() -> None:
    project = Guards.model_validate({"most_rejects": "1%", "largest_fall": "off"})
    mapping = Guards.model_validate({"most_rejects": "50%", "fewest_records": "7"})
    over = mapping.over(project)
    assert (over.most_rejects, over.fewest_records, over.largest_fall) == (Fraction(1, 2), 7, None)


def test_a_mapping_may_switch_off_what_the_project_asks_for() -> None:
    project = Guards.model_validate({"most_rejects": "1%"})
    assert Guards.model_validate({"most_rejects": "off"}).over(project).most_rejects is None


@pytest.mark.parametrize(
    ("every", "spelled", "due"),
    [
        ("day", "day", date(2026, 2, 1)),
        ("week", "week", date(2026, 2, 7)),
        ("2 weeks", "2 weeks", date(2026, 2, 14)),
        ("10", "10 days", date(2026, 2, 10)),
        ("1 days", "day", date(2026, 2, 1)),
        ("month", "month", date(2026, 2, 28)),
        ("quarter", "quarter", date(2026, 4, 30)),
        ("year", "year", date(2027, 1, 31)),
        ("14 months", "14 months", date(2027, 3, 31)),
    ],
)
def test_the_next_delivery_is_due_so_long_after_the_last(every: str, spelled: str, due: date) -> None:
    schedule = DeliverySchedule(every=every)
    assert (schedule.every, schedule.due(date(2026, 1, 31))) == (spelled, due)


@pytest.mark.parametrize("every", ["fortnight", "0", "0 weeks", "-1", "week 2", "1.5 weeks", ""])
def test_what_is_no_schedule_is_refused(every: str) -> None:
    with pytest.raises(ValidationError, match="must be day, week, month, quarter or year"):
        DeliverySchedule(every=every)


@given(
    st.integers(1, 999),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_a_schedule_reads_back_as_it_is_spelled_and_always_leads_on(
    number: int, unit: str, last: date
) -> None:
    schedule = DeliverySchedule(every=f"{number} {unit}")
    assert DeliverySchedule(every=schedule.every) == schedule
    assert schedule.due(last) - last >= number * timedelta(days=1)
