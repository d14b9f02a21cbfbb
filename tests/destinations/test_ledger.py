"""Tests of leadingest.destinations.ledger."""

from __future__ import annotations

import pytest

from leadingest.destinations.ledger import Counts


@pytest.mark.parametrize(
    ("read", "balanced"), [(6, True), (5, False), (7, False)], ids=["all", "too many", "too few"]
)
def test_counts_are_balanced_when_every_record_is_accounted_for(read: int, balanced: bool) -> None:
    assert Counts(read=read, loaded=3, rejected=2, filtered=1, invalid_values=9).balanced is balanced
