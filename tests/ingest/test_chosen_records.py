"""Tests of leadingest.ingest.chosen_records."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.ingest.chosen_records import FirstRecords, RandomRecords, RecordChoice, TheseRecords

batches = st.lists(st.integers(0, 7), max_size=6).map(
    lambda sizes: [list(range(sum(sizes[:at]) + 1, sum(sizes[: at + 1]) + 1)) for at in range(len(sizes))]
)


def chosen(choice: RecordChoice, parts: list[list[int]]) -> set[int]:
    """What is chosen in the end; nothing that was given up on the way may be in it."""
    kept: set[int] = set()
    for part in parts:
        now = set(choice.keep(part))
        assert now & {number for each in parts for number in each} <= kept | set(part)
        kept = now
    return kept


@given(batches, st.integers(0, 9))
def test_the_first_are_the_first_however_they_come(parts: list[list[int]], most: int) -> None:
    everything = [number for part in parts for number in part]
    assert chosen(FirstRecords(most), parts) == set(everything[:most])


@given(batches, st.integers(0, 9), st.integers(0, 1000))
def test_at_random_as_many_are_chosen_as_there_are(parts: list[list[int]], most: int, seed: int) -> None:
    everything = {number for part in parts for number in part}
    kept = chosen(RandomRecords(most, np.random.default_rng(seed)), parts)
    assert kept <= everything
    assert len(kept) == min(most, len(everything))


def test_at_random_every_record_is_as_likely_as_another() -> None:
    parts = [list(range(1, 8)), [8], [9, 10]]
    random = np.random.default_rng(7)
    times = Counter(number for _ in range(2000) for number in chosen(RandomRecords(3, random), parts))
    assert set(times) == set(range(1, 11))
    assert all(500 < count < 700 for count in times.values())


@pytest.mark.parametrize("numbers", [{2}, {2, 5, 99}])
def test_those_named_are_chosen(numbers: set[int]) -> None:
    assert TheseRecords(frozenset(numbers)).keep([1, 2, 3]) == numbers
