"""Tests of leadingest.lint.rules.broken_records."""

from pathlib import Path

from leadingest.lint.rules.broken_records import broken_records
from leadingest.lint.subject import CountedDelivery, Subject
from leadingest.mapping.read_mapping import examine_mapping

ROOT = Path(__file__).parents[3]


def test_broken_records_are_counted_by_what_is_wrong_with_them() -> None:
    reading = examine_mapping(ROOT / "mappings/source3.yaml", ddl=ROOT / "ddl")
    sample = CountedDelivery("s.csv", ("Name",), 1200, broken={"too many cells": 2, "too few cells": 1100})
    (remark,) = broken_records.check(Subject(reading, sample=sample))
    assert (
        remark.message == "1,102 of 1,200 records of s.csv are broken: 1,100 too few cells, 2 too many cells"
    )
    assert (
        list(broken_records.check(Subject(reading, sample=CountedDelivery("s.csv", ("Name",), 1200)))) == []
    )
