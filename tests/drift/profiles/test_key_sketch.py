"""Tests of leadingest.drift.profiles.key_sketch."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.drift.profiles.key_sketch import KEPT, KeySketch, common_share, stable_hashes

PINNED = ["0000000000000000", "d7dcce2ce9ac9c38", "f0c0345913fbf42b", "d4eeea79fbdd0505"]


def sketch(keys: Iterable[str | None], *, at_once: int = 1_000) -> KeySketch:
    found, series = KeySketch(), pl.Series(list(keys), dtype=pl.String)
    for part in series.to_frame().iter_slices(at_once):
        found.add(part.to_series())
    return found


def share(one: KeySketch, other: KeySketch) -> float:
    return common_share(one.hashes, one.distinct, other.hashes, other.distinct)


def test_a_text_has_the_same_hash_in_every_version() -> None:
    hashes = stable_hashes(pl.Series(["", "a", "phone=+17025550143", "Zoë"]))
    assert [f"{each:016x}" for each in hashes] == PINNED


@given(st.lists(st.text(max_size=12)))
def test_texts_that_differ_have_other_hashes(texts: list[str]) -> None:
    hashes = stable_hashes(pl.Series(texts, dtype=pl.String))
    assert len(set(map(int, hashes))) == len(set(texts))


@given(st.lists(st.none() | st.text(max_size=8), max_size=50), st.integers(1, 60))
def test_it_does_not_matter_how_keys_come(keys: list[str | None], at_once: int) -> None:
    found = sketch(keys, at_once=at_once)
    assert found.hashes == sketch(reversed([*keys, *keys])).hashes
    assert found.distinct == len({key for key in keys if key is not None})


@given(st.sets(st.text(max_size=8), max_size=40), st.sets(st.text(max_size=8), max_size=40))
def test_of_few_keys_the_share_in_common_is_exact(one: set[str], other: set[str]) -> None:
    exact = len(one & other) / min(len(one), len(other)) if one and other else 0.0
    assert share(sketch(one), sketch(other)) == pytest.approx(exact)


def test_of_many_keys_it_is_estimated() -> None:
    one, other = range(40_000), range(10_000, 70_000)
    sketches = [sketch(map(str, keys), at_once=7_000) for keys in (one, other)]
    assert [len(each.hashes) for each in sketches] == [KEPT, KEPT]
    assert sketches[0].distinct == pytest.approx(40_000, rel=0.1)
    assert share(*sketches) == pytest.approx(0.75, abs=0.08)
    assert share(sketches[0], sketch(map(str, range(100_000, 150_000)))) < 0.02
