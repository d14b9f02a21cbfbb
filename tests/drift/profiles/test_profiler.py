"""Tests of leadingest.drift.profiles.profiler."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadingest.drift.profiles import column_values, profiler
from leadingest.drift.profiles.column_values import FEW
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.drift.profiles.profiler import Profiler
from leadingest.drift.profiles.sampling import Sampling
from tests.searched import examples

CELLS = st.text(max_size=3) | st.sampled_from(["", "Y", "N"])


def profiler_of(*batches: list[str], first: int = 1) -> Profiler:
    """One column measured; its first record has this number."""
    of_one = Profiler(1, begins=first == 1)
    for batch in batches:
        numbers = range(first, first + len(batch))
        of_one.add(pl.DataFrame({"0": batch}, schema={"0": pl.String}), numbers)
        first = numbers.stop
    return of_one


def measured(*batches: list[str]) -> ColumnProfile:
    """The profile of one column."""
    (column,) = profiler_of(*batches).columns(["H"])
    return column


@given(st.lists(st.lists(CELLS, max_size=90)))
def test_what_is_said_to_be_counted_is_exact(batches: list[list[str]]) -> None:
    column = measured(*batches)
    cells = [cell for batch in batches for cell in batch]
    filled = [cell for cell in cells if cell]
    assert (column.records, column.filled) == (len(cells), len(filled))
    counts = Counter(filled)
    assert column.distinct == len(counts)
    assert column.values == (counts if len(counts) <= FEW else None)


@given(st.lists(CELLS, max_size=90), st.integers(1, 100))
def test_how_the_file_is_cut_into_batches_changes_nothing_of_a_small_one(cells: list[str], size: int) -> None:
    cut = [cells[at : at + size] for at in range(0, len(cells), size)]
    assert measured(*cut) == replace(measured(cells))


def test_of_a_large_one_neither() -> None:
    cells = [f"{number % 30_011}" if number % 3 else "Y" for number in range(130_000)]
    flags = ["Y", "N", "N", ""] * 32_500
    profiles = []
    for size in (7_000, 130_000):
        large = Profiler(2)
        for at in range(0, len(cells), size):
            batch = pl.DataFrame({"0": cells[at : at + size], "1": flags[at : at + size]})
            large.add(batch, range(at + 1, at + 1 + batch.height))
        profiles.append(large.columns(["A", "B"]))
    assert profiles[0] == profiles[1]
    values = profiles[0][1].values
    assert values is not None
    assert values["N"] == pytest.approx(65_000, rel=0.02)


@pytest.fixture
def of_few_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds of the hundred thousandth record holds of the ninth."""
    monkeypatch.setattr(profiler, "_COUNTED", 8)
    monkeypatch.setattr(profiler, "_LATER", Sampling(0, step=1, least=2))
    monkeypatch.setattr(profiler, "LOOKED_AT", Sampling(5, step=3, least=4))
    monkeypatch.setattr(profiler, "_AT_ONCE", 6)
    monkeypatch.setattr(profiler, "_MOST_HASHES", 4)
    monkeypatch.setattr(column_values, "FEW", 3)
    monkeypatch.setattr(column_values, "KEPT", 5)


@pytest.mark.usefixtures("of_few_records")
@given(
    st.lists(
        st.sampled_from("abcd") | st.sampled_from(["", *(f"x{number}" for number in range(20))]), max_size=60
    ),
    st.lists(st.integers(0, 60), max_size=4),
    st.integers(1, 20),
)
@settings(max_examples=examples(500), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_profile_of_a_whole_is_that_of_its_parts_merged_wherever_it_is_cut(
    cells: list[str], cuts: list[int], size: int
) -> None:
    whole = profiler_of(cells)
    bounds = sorted({0, *(min(cut, len(cells)) for cut in cuts), len(cells)})
    parts = [
        profiler_of(*(cells[at : min(at + size, end)] for at in range(begin, end, size)), first=begin + 1)
        for begin, end in pairwise(bounds)
    ] or [whole]
    merged, *others = pickle.loads(pickle.dumps(parts))
    for part in others:
        merged.merge(part)
    assert merged.columns(["H"]) == whole.columns(["H"])
    assert merged.records == len(cells)


def test_few_values_stand_with_the_most_frequent_first() -> None:
    column = measured(["N", "Y", "", "Y"], ["N", "?", "Y"])
    assert column.values is not None
    assert list(column.values.items()) == [("Y", 3), ("N", 2), ("?", 1)]
    assert column.repeated == pytest.approx(2 / 3, abs=1e-4)


def test_how_cells_are_written_is_told_by_shape_and_kind() -> None:
    column = measured(["702-555-0143", " 702-555-0144", "(702) 555-0145", "none"])
    assert column.shapes == {"999-999-9999": 0.5, "(999) 999-9999": 0.25, "a": 0.25}
    assert column.kinds == {"phone": 0.75}
    assert column.formats == {}


def test_every_format_that_reads_a_date_is_told() -> None:
    column = measured(["04/30/2026", "4/3/2026", "2026-04-30", "soon"])
    assert column.formats == {"%m/%d/%Y": 0.5, "%Y-%m-%d": 0.25, "%d/%m/%Y": 0.25}


def test_a_sample_is_not_taken_in_by_what_comes_back_every_so_often() -> None:
    column = measured(["12", "Elm St"] * 20_000, ["12", "Elm St"] * 20_000)
    assert column.kinds["integer"] == pytest.approx(0.5, abs=0.05)


def test_a_sample_stands_for_the_whole_of_a_large_delivery() -> None:
    batch = ["12"] * 30_000 + ["Elm St"] * 10_000
    column = measured(batch, batch, ["", "12"] * 20_000)
    assert column.kinds["integer"] == pytest.approx(0.8, abs=0.04)
    assert column.shapes["a a"] == pytest.approx(0.2, abs=0.04)


def test_of_a_very_wide_delivery_the_last_columns_are_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiler, "MOST_COLUMNS", 1)
    wide = Profiler(2)
    wide.add(pl.DataFrame({"0": ["a", "b"], "1": ["", "c"]}), range(1, 3))
    first, second = wide.columns(["A", "B"])
    assert first.measured and first.values == {"a": 1, "b": 1}
    assert not second.measured
    assert (second.filled, second.values) == (1, None)


def test_a_delivery_without_records_has_columns_of_nothing() -> None:
    assert measured() == replace(measured([]), records=0)
    assert measured().empty_share == 0
