"""Tests of leadingest.ingest.tally."""

from __future__ import annotations

import polars as pl

from leadingest.destinations.ledger import RecordCounts
from leadingest.engine.transform import MappedBatch
from leadingest.ingest.tally import FaultCount, Tally
from leadingest.tables.rejects import INVALID_VALUES, REJECTS


def batch(*rules: tuple[str, str]) -> MappedBatch:
    values = [(1, field, "H", rule, "x") for field, rule in rules]
    return MappedBatch(
        leads=pl.DataFrame({"record_number": [1]}),
        rejects=pl.DataFrame([(2, 3, "company", "required", "m", "{}")], schema=REJECTS, orient="row"),
        invalid_values=pl.DataFrame(values, schema=INVALID_VALUES, orient="row"),
        read=3,
        filtered=1,
        holding=0,
    )


def test_counts_and_reasons_are_summed_over_batches() -> None:
    tally = Tally()
    tally.add(batch(("phone", "phone"), ("min_age", "in_years")))
    tally.add(batch(("phone", "phone")))
    assert tally.counts == RecordCounts(read=6, loaded=2, rejected=2, filtered=2, invalid_values=3)
    assert tally.reject_counts == (FaultCount("company", "required", 2),)
    assert tally.invalid_value_counts == (
        FaultCount("phone", "phone", 2),
        FaultCount("min_age", "in_years", 1),
    )


def test_records_that_could_not_be_read_count_as_read() -> None:
    unread = pl.DataFrame([(4, 5, None, "short_record", "m", "x")], schema=REJECTS, orient="row")
    tally = Tally()
    tally.add(batch().with_unmapped(unread))
    assert tally.counts == RecordCounts(read=4, loaded=1, rejected=2, filtered=1, invalid_values=0)
    assert tally.reject_counts == (FaultCount(None, "short_record", 1), FaultCount("company", "required", 1))
