"""Tests of leadingest.engine.faults: what is told of values that could not be read."""

from __future__ import annotations

import polars as pl

from leadingest.engine.faults import Batch, FaultFinder
from leadingest.engine.plan import ROW, Plan, PossibleFailure, failure_column
from leadingest.tables.rejects import INVALID_VALUES, REJECTS

OUTCOMES = (
    PossibleFailure(1, "integer", "is not a whole number", "blank", (0,)),
    PossibleFailure(2, "required", "has no value, and must have one", "reject", (1,)),
    PossibleFailure(3, "required", "has no value, and must have one", "reject", ()),
    PossibleFailure(4, "date", "is not a date", "hold", (0, 1)),
)
BATCH = Batch(
    pl.DataFrame({"0": ["a", "b", "c"], "1": ["x", "y", "z"]}), pl.Series([11, 12, 13]), lines=[21, 22, 23]
)


def finder() -> FaultFinder:
    return FaultFinder(
        Plan(columns=(0, 1), stages=(), result=(), outcomes=OUTCOMES, unique={}, trails={}),
        ["A", "B"],
    )


def mapped(**codes: list[int]) -> pl.DataFrame:
    columns = {failure_column(field): pl.Series(each, dtype=pl.UInt16) for field, each in codes.items()}
    return pl.DataFrame({ROW: pl.Series([0, 1, 2], dtype=pl.UInt32), **columns})


def test_what_was_left_blank_is_told_record_by_record_in_the_order_of_the_mapping() -> None:
    faults = finder().find(mapped(opened=[0, 4, 4], capacity=[1, 1, 0]))
    assert finder().invalid_values(faults, BATCH).rows() == [
        (11, "capacity", "A", "integer", "a"),
        (12, "opened", "A, B", "date", '{"A":"b","B":"y"}'),
        (12, "capacity", "A", "integer", "b"),
        (13, "opened", "A, B", "date", '{"A":"c","B":"z"}'),
    ]
    assert faults.holding == 2


def test_a_record_is_rejected_for_the_first_of_its_fields_and_tells_no_other_fault() -> None:
    find = finder()
    faults = find.find(mapped(capacity=[1, 1, 0], company=[2, 0, 0], city=[3, 0, 3]))
    assert find.rejects(faults, BATCH).rows() == [
        (11, 21, "company", "required", "B has no value, and must have one", '{"A":"a","B":"x"}'),
        (13, 23, "city", "required", "city has no value, and must have one", '{"A":"c","B":"z"}'),
    ]
    assert find.invalid_values(faults, BATCH)["record_number"].to_list() == [12]


def test_where_nothing_can_fail_or_nothing_has_there_is_nothing_to_tell() -> None:
    for find, rows in ((finder(), mapped()), (finder(), mapped(city=[0, 0, 0]))):
        faults = find.find(rows)
        assert find.rejects(faults, BATCH).schema == REJECTS
        assert find.invalid_values(faults, BATCH).schema == INVALID_VALUES
        assert faults.rejecting.is_empty()
        assert faults.holding == 0
