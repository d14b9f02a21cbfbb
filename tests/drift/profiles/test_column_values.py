"""Tests of leadingest.drift.profiles.column_values."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.drift.profiles.column_values import KEPT, DistinctValues


@given(st.lists(st.lists(st.none() | st.text(max_size=2))))
def test_while_there_are_not_many_they_are_counted(batches: list[list[str | None]]) -> None:
    distinct = DistinctValues()
    for batch in batches:
        distinct.add(pl.Series("cells", batch, dtype=pl.String))
    counts = Counter(cell for batch in batches for cell in batch if cell)
    assert distinct.number == len(counts)
    repeated = sum(count > 1 for count in counts.values())
    assert distinct.repeated == (repeated / len(counts) if counts else 0)


@pytest.mark.parametrize("size", [700, 100_000])
def test_of_many_the_number_and_those_that_repeat_are_estimated(size: int) -> None:
    values = pl.select(pl.format("value {}", pl.int_range(50_000))).to_series()
    cells = pl.concat([values, values.head(10_000)]).shuffle(seed=4)
    distinct = DistinctValues()
    for start in range(0, cells.len(), size):
        distinct.add(cells.slice(start, size))
    assert distinct.number == pytest.approx(50_000, rel=0.1)
    assert distinct.repeated == pytest.approx(0.2, abs=0.05)


def test_values_that_were_counted_before_weigh_as_often() -> None:
    counted, one_by_one = DistinctValues(), DistinctValues()
    values = pl.Series([f"v{number}" for number in range(3 * KEPT)])
    counted.add_counted(values, pl.Series([1, 2, 1] * KEPT))
    one_by_one.add(pl.concat([values, values.gather_every(3, 1)]))
    assert (counted.number, counted.repeated) == (one_by_one.number, one_by_one.repeated)
