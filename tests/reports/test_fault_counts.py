"""Tests of leadingest.reports.fault_counts."""

from leadingest.ingest.tally import FaultCount
from leadingest.reports.fault_counts import MOST_NAMED, why


def test_a_rule_is_told_where_it_is_not_the_name_of_the_field() -> None:
    faults = [
        FaultCount("phone", "phone", 1200),
        FaultCount("min_age", "in_years", 2),
        FaultCount(None, "cells", 1),
    ]
    assert why(faults) == " (1,200 phone, 2 min_age by in_years, 1 cells)"


def test_of_many_reasons_the_rest_is_summed_up() -> None:
    faults = [FaultCount(f"f{number}", "text", 2) for number in range(MOST_NAMED + 2)]
    assert why(faults).endswith(", 4 more)")


def test_no_reason_is_nothing_to_say() -> None:
    assert why([]) == ""
