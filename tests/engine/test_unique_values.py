"""Tests of leadingest.engine.unique_values."""

import polars as pl

from leadingest.engine.plan import KEPT, failure_column
from leadingest.engine.unique_values import UniqueValues


def marked(unique: UniqueValues, *values: str | None) -> list[tuple[str | None, int]]:
    """The values that are left, each with its failure code."""
    failure = failure_column("n")
    frame = pl.DataFrame(
        {KEPT: [True] * len(values), "n": values, failure: [0] * len(values)},
        schema={KEPT: pl.Boolean, "n": pl.String, failure: pl.UInt16},
    )
    return unique.mark(frame).select("n", failure).rows()


def test_the_first_of_equal_values_stays_also_across_batches() -> None:
    unique = UniqueValues({"n": 7})
    assert marked(unique, "a", "b", "a", None, None) == [("a", 0), ("b", 0), (None, 7), (None, 0), (None, 0)]
    assert marked(unique, "b", "c") == [(None, 7), ("c", 0)]


def test_values_that_were_there_before_are_seen() -> None:
    unique = UniqueValues({"n": 7}, {"n": pl.Series(["a"])})
    assert marked(unique, "a", "b") == [(None, 7), ("b", 0)]
