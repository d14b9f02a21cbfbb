"""Tests of leadingest.ingest.field_values."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from leadingest.ingest import field_values
from leadingest.ingest.field_values import FieldSummary, FieldValues, InvalidExample
from leadingest.tables.rejects import INVALID_VALUES


def invalid(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Invalid values: header, rule and raw value."""
    full = [(1, "x", header, rule, raw) for header, rule, raw in rows]
    return pl.DataFrame(full, schema=INVALID_VALUES, orient="row")


def summary(*batches: tuple[list[object], pl.DataFrame]) -> FieldSummary:
    """The summary of the field x over batches of its values."""
    values = FieldValues("x")
    for leads, unread in batches:
        values.add(pl.DataFrame({"x": leads}), unread)
    return values.summary()


def test_values_are_counted_over_all_batches_the_most_frequent_first() -> None:
    found = summary((["b", "a", None], invalid()), (["b", "c"], invalid()))
    assert (found.filled, found.invalid, found.distinct, found.more) == (4, 0, 3, False)
    assert found.examples == (("b", 2), ("a", 1), ("c", 1))


def test_values_are_told_in_their_stored_form() -> None:
    assert summary(([date(2026, 3, 1)], invalid())).examples == (("2026-03-01", 1),)
    assert summary(([True], invalid())).examples == (("true", 1),)


def test_invalid_values_are_counted_with_their_rule() -> None:
    found = summary(
        (["a"], invalid(("Phone", "phone", "none"), ("Phone", "phone", "none"), ("Phone", "digits", "x")))
    )
    assert found.invalid == 3
    assert found.invalid_examples == (
        InvalidExample({"Phone": "none"}, "phone", 2),
        InvalidExample({"Phone": "x"}, "digits", 1),
    )


def test_an_invalid_value_of_several_cells_is_taken_apart() -> None:
    found = summary(([None], invalid(("A, B", "phone", '{"A":"1","B":"2"}'), ("C", "json", '{"D":1}'))))
    assert [each.cells for each in found.invalid_examples] == [{"A": "1", "B": "2"}, {"C": '{"D":1}'}]


def test_of_very_many_distinct_values_the_most_frequent_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_values, "MOST_DISTINCT", 3)
    found = summary((["a", "b", "b", "c", "d"], invalid()), (["b", "a"], invalid()))
    assert (found.filled, found.distinct, found.more) == (7, 3, True)
    assert found.examples[0] == ("b", 3)


def test_nothing_at_all_is_no_fault() -> None:
    assert FieldValues("x").summary() == FieldSummary("x", 0, 0, 0, False, (), ())
