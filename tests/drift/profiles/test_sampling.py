"""Tests of leadingest.drift.profiles.sampling."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.drift.profiles.sampling import LOOKED_AT, WEIGHT, Sampling

MANY = pl.select(place=pl.int_range(200_000))
SMALL = Sampling(20, step=3, least=8)


def sample(records: pl.DataFrame, size: int, sampling: Sampling = LOOKED_AT) -> pl.DataFrame:
    """What is taken of records that come in batches of a size."""
    starts = range(0, records.height, size)
    parts = [records.slice(at, size) for at in starts]
    return pl.concat(sampling.of(part, part["place"] + 1) for part in parts)


@given(st.integers(1, 300), st.integers(1, 400))
def test_how_records_are_cut_into_batches_changes_nothing(number: int, size: int) -> None:
    records = MANY.head(number)
    assert sample(records, size, SMALL).equals(sample(records, number, SMALL))


def test_all_of_the_first_are_taken_and_stand_for_themselves() -> None:
    assert sample(MANY.head(1_000), 300).rows() == [(place, 1) for place in range(1_000)]


def test_fewer_and_fewer_stand_for_all() -> None:
    taken = sample(MANY, 40_000)
    assert taken.height < 5_000
    assert taken[WEIGHT].is_sorted() and taken[WEIGHT].max() == 500
    assert taken[WEIGHT].sum() == pytest.approx(MANY.height, rel=0.05)


@pytest.mark.parametrize("every", [2, 7, 10, 64])
def test_what_comes_back_every_so_often_is_taken_as_often_as_it_is_there(every: int) -> None:
    taken = sample(MANY, 40_000)
    share = taken.select(
        (pl.col(WEIGHT) * (pl.col("place") % every == 0)).sum() / pl.col(WEIGHT).sum()
    ).item()
    assert share == pytest.approx(1 / every, abs=0.05)
