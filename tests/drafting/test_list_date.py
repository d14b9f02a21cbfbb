"""Tests of leadingest.drafting.list_date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.extract_time import time_in_name, time_in_text
from leadingest.drafting.list_date import name_date, preamble_date

_TODAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("file", "described", "day"),
    [
        ("acme_2026-03-31.csv", "*%Y-%m-%d*", date(2026, 3, 31)),
        ("Provider List March 2026.xlsx", "* %B %Y*", date(2026, 3, 1)),
        ("providers_7-Mar-2026.csv", "*%d-%b-%Y*", date(2026, 3, 7)),
        ("providers_jan2026.csv", "*_%b%Y*", date(2026, 1, 1)),
        ("acme 2026.03.31 final.xlsx", "*%Y.%m.%d*", date(2026, 3, 31)),
        ("20260331_acme_v2.csv", "*%Y%m%d*", date(2026, 3, 31)),
        ("acme_03-31-2026.csv", "*%m-%d-%Y*", date(2026, 3, 31)),
        ("acme03312026.csv", "*%m%d%Y*", date(2026, 3, 31)),
        ("Leads 033126.csv", "*%m%d%y*", date(2026, 3, 31)),
        ("acme_2026-03.csv", "*%Y-%m*", date(2026, 3, 1)),
    ],
)
def test_the_date_in_a_name_is_recognized_as_it_is_written(file: str, described: str, day: date) -> None:
    assert name_date(file, today=_TODAY) == (described, "")
    made = time_in_name(file, described)
    assert made and made.date() == day


@pytest.mark.parametrize(
    "file",
    [
        "acme.csv",
        "acme_2027-03-31.csv",
        "acme_2026-13-31.csv",
        "acme_2026-02-30.csv",
        "acme_123456789012.csv",
        "a_2026-01-01_to_2026-03-31.csv",
        "license_19991231.csv",
        "Summary 2026.csv",
        "acme_2026-27.csv",
    ],
)
def test_what_is_no_date_or_not_the_only_one_is_left_alone(file: str) -> None:
    assert name_date(file, today=_TODAY) is None


def test_a_day_that_may_be_a_month_is_doubted() -> None:
    assert name_date("acme_03-04-2026.csv", today=_TODAY) == (
        "*%m-%d-%Y*",
        "day and month may be swapped",
    )
    assert name_date("acme_03-03-2026.csv", today=_TODAY) == ("*%m-%d-%Y*", "")


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1), st.dates(date(2000, 1, 1), _TODAY))
def test_a_day_written_after_the_standard_is_found_in_any_name(name: str, day: date) -> None:
    file = f"{name.rstrip('0123456789-_. ')}x_{day}.csv"
    found = name_date(file, today=_TODAY)
    if found and found[0] == "*%Y-%m-%d*":
        made = time_in_name(file, found[0])
        assert made and made.date() == day


@pytest.mark.parametrize(
    ("texts", "described"),
    [
        (["Providers of Nevada", "As of October 1, 2025"], "As of %B %d, %Y"),
        (["Report Date: 03/31/2026"], "Report Date: %m/%d/%Y"),
        (["Stand: 31.03.2026"], "Stand: %d.%m.%Y"),
        (["Licensed providers, March 2026"], "Licensed providers, %B %Y"),
        (["Run 2026-03-31 by the system"], "Run %Y-%m-%d"),
    ],
)
def test_the_day_above_the_header_is_found_with_what_stands_before_it(
    texts: list[str], described: str
) -> None:
    assert preamble_date(texts, today=_TODAY) == {"preamble": described}
    assert any(time_in_text(text, described) for text in texts)


@pytest.mark.parametrize(
    "text", ["Providers of Nevada", "Valid until 12/31/2030", "Call 775-555-0143", "Page 1/2"]
)
def test_what_is_no_day_of_the_list_above_the_header_is_left_alone(text: str) -> None:
    assert preamble_date([text], today=_TODAY) is None
