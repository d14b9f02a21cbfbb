"""Tests of leadingest.destinations.lake.spool: rows that do not fit into memory, in files that can be passed over."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.destinations.lake import spool as module
from leadingest.destinations.lake.files import LakeFiles
from leadingest.destinations.lake.kinds import RowKind
from leadingest.destinations.lake.spool import Spool
from leadingest.errors import BalanceError
from leadingest.stores.folder import FolderStore

KIND = RowKind(
    "leads",
    {"number": pl.Int64(), "state": pl.String(), "seen": pl.Datetime("us")},
    ("state", "number"),
    ("number",),
    group=4,
    counted=("state",),
    bounded=("state",),
)


def frame(numbers: list[int], state: str | None = "TX") -> pl.DataFrame:
    return pl.DataFrame([(number, state, None) for number in numbers], schema=dict(KIND.types), orient="row")


def spooled(folder: Path, *frames: pl.DataFrame) -> tuple[Spool, LakeFiles]:
    scratch = folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    spool = Spool(KIND, scratch)
    for each in frames:
        spool.add(each)
    return spool, LakeFiles(FolderStore(folder / "lake"))


def test_each_batch_is_sorted_and_the_groups_of_a_file_can_be_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS", 8)
    frames = [frame([number], "TX" if number % 2 else "AL") for number in range(1, 21)]
    spool, files = spooled(tmp_path, *frames)
    stored = spool.store(files, "part.parquet")
    assert stored and (stored.rows, stored.batches, stored.filled, stored.bounds) == (
        20,
        (8, 8, 4),
        {"state": 20},
        {"state": ("AL", "TX")},
    )
    rows = pl.read_parquet(tmp_path / "lake/part.parquet")
    assert rows["state"].to_list() == [*["AL"] * 4, *["TX"] * 4] * 2 + ["AL"] * 2 + ["TX"] * 2
    assert rows.schema["seen"] == pl.Datetime("us", "UTC")
    assert files.collect(files.scan(stored, KIND)).schema == dict(KIND.types)


@settings(max_examples=20)
@given(st.permutations(range(1, 13)), st.integers(1, 5))
def test_whatever_order_batches_come_in_records_come_back_in_theirs(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], size: int
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool, files = spooled(folder)
    for first in range(0, len(numbers), size):
        spool.add(frame(numbers[first : first + size]))
        spool.flush()
    stored = spool.store(files, "part.parquet")
    assert stored
    rows, first, read = files.scan(stored, KIND), 0, []
    for length in stored.batches:
        read += sorted(files.collect(rows.slice(first, length))["number"])
        first += length
    assert read == sorted(numbers)


@settings(max_examples=20)
@given(st.lists(st.sampled_from([None, "AL", "TX"]), min_size=1, max_size=40), st.integers(1, 12))
def test_in_however_many_pieces_rows_come_the_file_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, states: list[str | None], size: int
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    rows = frame(list(range(1, len(states) + 1))).with_columns(pl.Series("state", states, pl.String))
    spool, files = spooled(folder, *rows.iter_slices(size))
    whole, _ = spooled(folder / "whole", rows)
    one, other = spool.store(files, "pieces.parquet"), whole.store(files, "whole.parquet")
    assert one and other
    assert one.model_dump(exclude={"key", "written"}) == other.model_dump(exclude={"key", "written"})
    assert pl.read_parquet(folder / "lake/pieces.parquet").equals(
        pl.read_parquet(folder / "lake/whole.parquet")
    )


def test_few_rows_of_each_of_many_batches_do_not_hold_the_batches_in_memory(tmp_path: Path) -> None:
    texts = pa.array([f"a text that is long enough {number}" for number in range(2_000)], pa.string_view())
    assert pa.total_allocated_bytes() > 50_000
    batch = frame(list(range(2_000))).with_columns(pl.Series("state", texts))
    _spool, _ = spooled(tmp_path, batch.filter(pl.col("number") % 100 == 0))
    del texts, batch
    assert pa.total_allocated_bytes() < 5_000


def test_a_row_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    spool, files = spooled(tmp_path, frame([1, 2]), frame([2]))
    with pytest.raises(BalanceError, match="a row of leads is there twice"):
        spool.store(files, "part.parquet")


def test_without_rows_there_is_no_file(tmp_path: Path) -> None:
    spool, files = spooled(tmp_path, frame([]))
    assert spool.store(files, "part.parquet") is None
    assert not (tmp_path / "lake").exists()


def test_of_blanks_alone_no_bounds_are_known(tmp_path: Path) -> None:
    spool, files = spooled(tmp_path, frame([1, 2], None))
    stored = spool.store(files, "part.parquet")
    assert stored and (stored.filled, stored.bounds) == ({}, {"state": None})
    assert stored.statistics() == {"state": {"min": None, "max": None, "nulls": 2}}
