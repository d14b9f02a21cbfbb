"""Tests of leadingest.reports.drift_classes."""

from typing import get_args

from leadingest.destinations.ledger import DriftClass
from leadingest.reports.drift_classes import drift_tone, worst_class
from tests.reports.charts.rows import drift_row


def test_the_worst_of_a_delivery_is_told() -> None:
    safe, lossy, breaking = drift_row(1, "safe"), drift_row(1, "lossy"), drift_row(1, "breaking")
    assert worst_class([safe]) == "safe"
    assert worst_class([safe, lossy]) == "lossy"
    assert worst_class([safe, breaking, lossy]) == "breaking"


def test_every_class_has_its_look() -> None:
    assert [drift_tone(each) for each in get_args(DriftClass)] == ["bad", "wait", "dim"]
