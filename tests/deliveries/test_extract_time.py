"""Tests of leadingest.deliveries.extract_time."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from leadingest.deliveries.extract_time import extract_time
from leadingest.mapping.delivery_format import DeliveryFormat

CHANGED = datetime(2026, 6, 30, 12, 0, 1, tzinfo=UTC)


def told(name: str, described: str | None) -> datetime:
    fmt = DeliveryFormat(extract_time=described) if described else DeliveryFormat()
    return extract_time(name, CHANGED, fmt)


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("source3_2026-03-05.csv", "source3_%Y-%m-%d.csv"),
        ("20260305_list.csv.gz", "%Y%m%d_*"),
        ("list 3-5-26 (1).csv", "list %m-%d-%y*.csv"),
        ("leads030526.csv", "*%m%d%y*"),
        ("v2_20260305_7.csv", "*%Y%m%d*"),
        ("a.b 05Mar2026", "a?b %d%b%Y"),
        ("export 2026-03-05T02:00+0200.csv", "export %Y-%m-%dT%H:%M%z.csv"),
    ],
)
def test_the_name_tells_when_the_list_was_made(name: str, described: str) -> None:
    assert told(name, described) == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["other.csv", "source3_2026-13-05.csv", "xsource3_2026-03-05.csv", "source3_2026-02-30.csv"]
)
def test_a_name_that_does_not_fit_says_nothing_and_the_last_change_counts(name: str) -> None:
    assert told(name, "source3_%Y-%m-%d.csv") == CHANGED


def test_a_wild_card_takes_no_digits_from_a_date() -> None:
    assert told("leads1030526.csv", "*%m%d%y*") == CHANGED
    assert told("leads35260.csv", "*%m%d%y*") == CHANGED


def test_without_a_description_the_last_change_counts() -> None:
    assert told("source3_2026-03-05.csv", None) == CHANGED


@pytest.mark.parametrize(
    ("described", "complaint"),
    [
        ("", "must be a file name"),
        ("a/%Y-%m-%d", "without folders"),
        ("a_%Y-%m", "needs a year"),
        ("%Q", "is not one of"),
    ],
)
def test_a_description_that_tells_no_day_is_refused(described: str, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        DeliveryFormat(extract_time=described)
