"""The Delta table that follows the ledgers: what engines see of it, at every version."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable

from leadingest.destinations.lake import delta
from leadingest.destinations.lake.delta import DeltaReadersTable
from leadingest.destinations.lake.readers import DataFile, PublishedFiles
from leadingest.errors import DestinationError, DestinationSetupError
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.destinations.lake.made_up_lake import (
    MadeUpLake,
    act_at_random,
    by_deltalake,
    by_duckdb,
    by_polars,
    duckdb,
    versions,
    with_column,
)
from tests.destinations.made_up import TABLE


@pytest.fixture
def lake(tmp_path: Path, table: LoadTable) -> MadeUpLake:
    return MadeUpLake(tmp_path / "lake", table)


@pytest.fixture(params=["folder", "bucket"])
def any_lake(request: pytest.FixtureRequest, lake: MadeUpLake, table: LoadTable) -> MadeUpLake:
    if request.param == "folder":
        return lake
    return MadeUpLake(request.getfixturevalue("bucket").url / "lake", table)


def paths(*files: DataFile) -> list[str]:
    return sorted(file.path for file in files)


def folder_of(lake: MadeUpLake) -> Path:
    assert isinstance(lake.folder, Path)
    return lake.folder


def log_of(lake: MadeUpLake) -> Path:
    return folder_of(lake) / "_delta_log"


def test_it_shows_what_the_ledgers_name(any_lake: MadeUpLake) -> None:
    lake = any_lake
    first, other = lake.load("acme", 1), lake.load("beta", 2)
    second = lake.load("acme", 3)
    assert by_deltalake(lake.folder) == paths(second, other)
    lake.publish("acme", lambda _: (first,))  # a rollback
    lake.reconcile("acme")
    assert by_deltalake(lake.folder) == paths(first, other)
    lake.publish("beta", lambda _: ())  # withdrawn
    lake.reconcile("beta")
    assert by_deltalake(lake.folder) == paths(first)


def test_a_replay_replaces_the_file_of_its_load(lake: MadeUpLake) -> None:
    lake.load("acme", 1)
    replayed = lake.write("acme", 1, {"company": "corrected"}, name="part-2")
    lake.publish("acme", lambda _: (replayed,))
    lake.reconcile("acme")
    assert by_polars(folder_of(lake)) == [("acme", 1, 1, "corrected")]


def test_nothing_is_committed_where_it_shows_that_already(lake: MadeUpLake) -> None:
    lake.load("acme", 1)
    lake.reconcile("acme")
    assert len(list(versions(folder_of(lake)))) == 1


def test_what_a_crash_left_behind_is_made_good_by_the_next_one(lake: MadeUpLake) -> None:
    lake.load("acme", 1)
    newest = lake.write("acme", 2)
    lake.publish("acme", lambda _: (newest,))  # and killed
    lake.reconcile("acme")
    assert by_deltalake(lake.folder) == paths(newest)


def load_another(lake: MadeUpLake, old: DataFile) -> str:
    lake.load("acme", 3)
    return "acme/3/part.parquet"


def roll_back(lake: MadeUpLake, old: DataFile) -> str:
    lake.publish("acme", lambda _: (old,))
    lake.reconcile("acme")
    return old.path


@pytest.mark.parametrize("overtake", [load_another, roll_back])
def test_a_late_writer_does_not_put_an_old_load_back(
    overtake: Callable[[MadeUpLake, DataFile], str], lake: MadeUpLake
) -> None:
    old = lake.load("acme", 1)
    stale = lake.write("acme", 2)
    lake.publish("acme", lambda _: (stale,))
    newest: list[str] = []

    def read_and_be_overtaken() -> PublishedFiles:
        published = lake.published("acme")
        if not newest:
            newest.append(overtake(lake, old))
        return published

    lake.readers.reconcile({"acme": read_and_be_overtaken})
    shown = [by_deltalake(lake.folder, version) for version, _ in versions(folder_of(lake))]
    assert shown == [[old.path], newest]


def test_two_first_loads_at_once_are_both_there(lake: MadeUpLake) -> None:
    mine = lake.write("acme", 1)
    lake.publish("acme", lambda _: (mine,))
    overtaken = iter([True])
    ledgers = lake.all()

    def all_and_be_overtaken() -> dict[str, Callable[[], PublishedFiles]]:
        if next(overtaken, False):
            lake.load("beta", 2)
        return ledgers

    DeltaReadersTable(lake.folder, lake.table, all_and_be_overtaken).reconcile({"acme": ledgers["acme"]})
    assert by_deltalake(lake.folder) == ["acme/1/part.parquet", "beta/2/part.parquet"]


@pytest.mark.long
def test_at_no_version_two_loads_of_a_source_and_none_goes_back(lake: MadeUpLake, tmp_path: Path) -> None:
    """Two processes publish, roll back and withdraw two sources 200 times, and leave readers behind at random."""
    (tmp_path / "made_up.yaml").write_text(TABLE)
    spawn = get_context("spawn")
    processes = [
        spawn.Process(target=act_in_a_process, args=(tmp_path, seed, 100), daemon=True) for seed in (1, 2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=300)
        assert process.exitcode == 0
    for source in lake.all():
        lake.reconcile(source)

    connection, folder = duckdb(), folder_of(lake)
    histories = {source: lake.history(source) for source in lake.all()}
    at = dict.fromkeys(histories, 0)
    seen = 0
    for version, generations in versions(folder):
        for source, generation in generations.items():
            assert generation >= at[source]
            at[source] = generation
        named = [
            file for source, generation in at.items() if generation
            for file in histories[source][generation - 1].files
        ]  # fmt: skip
        assert by_deltalake(folder, version) == paths(*named)
        rows = by_polars(folder, version)
        assert rows == by_duckdb(connection, folder, version)
        for source in histories:
            assert len({load for name, load, *_ in rows if name == source}) <= 1
        seen += 1
    assert seen > 60
    assert at == {source: history[-1].generation for source, history in histories.items()}
    assert sum(map(len, histories.values())) == 200


def act_in_a_process(folder: Path, seed: int, times: int) -> None:
    table = read_load_table(folder / "made_up.yaml")
    act_at_random(folder / "lake", table, seed, times)


@pytest.mark.long
def test_of_many_sources_at_once_all_get_through(any_lake: MadeUpLake) -> None:
    lake, sources = any_lake, [f"source{number}" for number in range(8)]

    def load_thrice(source: str) -> None:
        for load in (1, 2, 3):
            MadeUpLake.load(lake, source, load)

    with ThreadPoolExecutor(len(sources)) as pool:
        list(pool.map(load_thrice, sources))
    assert by_deltalake(lake.folder) == [f"{source}/3/part.parquet" for source in sources]


def spoil(lake: MadeUpLake, file: DataFile, how: str) -> DataFile:
    """The file as the ledger has it, when it is no longer, or never was, what it should be."""
    store = lake.files
    if how == "gone":
        store.delete([file.path])
    elif how == "shorter":
        store.put(file.path, store.read(file.path).content[:-1])
    elif how == "more rows":
        return replace(file, rows=file.rows + 1)
    elif how == "no Parquet":
        store.put(file.path, b"x" * file.size)
    else:
        frame = pl.read_parquet(store.read(file.path).content)
        other = frame.drop("lead_key") if how == "no lineage" else frame.with_columns(capacity=pl.lit("many"))
        path = folder_of(lake) / file.path
        other.write_parquet(path)
        return replace(file, size=path.stat().st_size)
    return file


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("gone", "it is not there"),
        ("shorter", "bytes, and was written with"),
        ("more rows", "it has 2 rows, and was written with 3"),
        ("no Parquet", "it is not a Parquet file"),
        ("no lineage", "it has no column lead_key"),
        ("another type", "its column capacity is String, and Int64 in the load table"),
    ],
)
def test_a_file_that_is_not_what_the_ledger_says_is_not_shown(
    how: str, expected: str, lake: MadeUpLake
) -> None:
    shown = lake.load("acme", 1)
    spoilt = spoil(lake, lake.write("acme", 2), how)
    lake.publish("acme", lambda _: (spoilt,))
    with pytest.raises(DestinationError, match=expected) as caught:
        lake.reconcile("acme")
    assert "acme/2/part.parquet" in caught.value.message
    assert by_deltalake(lake.folder) == paths(shown)


def test_a_new_column_is_blank_in_older_files(lake: MadeUpLake, tmp_path: Path) -> None:
    lake.load("acme", 1)
    changed = MadeUpLake(tmp_path / "lake", with_column(tmp_path, "  stars: {type: integer, about: New.}"))
    changed.load("beta", 2, {"company": "B", "stars": 4})
    folder, names = folder_of(lake), ["source_name", "stars"]
    expected = [("acme", None), ("acme", None), ("beta", 4)]
    assert sorted(pl.scan_delta(str(folder)).select(names).collect().rows()) == expected
    query = f"SELECT source_name, stars FROM delta_scan('{folder}') ORDER BY 1"
    assert duckdb().execute(query).fetchall() == expected
    # A program that knows nothing of the column goes on.
    lake.load("acme", 3)
    assert by_deltalake(folder) == ["acme/3/part.parquet", "beta/2/part.parquet"]


def test_a_column_of_another_type_is_refused(lake: MadeUpLake, tmp_path: Path) -> None:
    lake.load("acme", 1)
    changed = MadeUpLake(
        tmp_path / "lake", with_column(tmp_path, "  capacity: {type: text, length: 9, about: Other.}")
    )
    with pytest.raises(DestinationSetupError, match="the column capacity with another type"):
        changed.load("acme", 2)


def test_what_another_program_wrote_is_refused_until_it_is_rebuilt(lake: MadeUpLake) -> None:
    lake.load("acme", 1)
    lake.load("beta", 2)
    DeltaTable(str(lake.folder)).optimize.compact()
    newest = lake.write("acme", 3)
    lake.publish("acme", lambda _: (newest,))
    with pytest.raises(DestinationError, match="a file that another program put there"):
        lake.reconcile("acme")
    lake.readers.rebuild()
    assert by_deltalake(lake.folder) == ["acme/3/part.parquet", "beta/2/part.parquet"]


def test_a_lost_log_is_made_anew_with_all_sources(lake: MadeUpLake) -> None:
    lake.load("acme", 1)
    lake.load("beta", 2)
    for each in log_of(lake).iterdir():
        each.unlink()
    lake.reconcile("beta")
    assert by_deltalake(lake.folder) == ["acme/1/part.parquet", "beta/2/part.parquet"]


def scribble(log: Path) -> None:
    (log / f"{1:020}.json").write_text("{nonsense")


def take_a_commit_away(log: Path) -> None:
    (log / f"{1:020}.json").unlink()


@pytest.mark.parametrize("spoil_log", [scribble, take_a_commit_away])
def test_a_spoilt_log_is_told_and_rebuilt(spoil_log: Callable[[Path], None], lake: MadeUpLake) -> None:
    for load in (1, 2, 3):
        lake.load("acme", load)
    lake.load("beta", 4)
    spoil_log(log_of(lake))
    with pytest.raises(DestinationError, match="cannot be read or changed") as caught:
        lake.reconcile("acme")
    assert "rebuild" in caught.value.hint
    lake.readers.rebuild()
    assert by_polars(folder_of(lake)) == by_duckdb(duckdb(), folder_of(lake))
    assert by_deltalake(lake.folder) == ["acme/3/part.parquet", "beta/4/part.parquet"]


def test_every_engine_can_read_it_and_vacuum_takes_nothing(lake: MadeUpLake) -> None:
    first = lake.load("acme", 1)
    lake.load("acme", 2)
    table = DeltaTable(str(lake.folder))
    assert (table.protocol().min_reader_version, table.metadata().partition_columns) == (1, [])
    assert table.metadata().configuration == {
        "delta.checkpointInterval": "10",
        "delta.deletedFileRetentionDuration": "interval 36500 days",
    }
    assert table.vacuum(dry_run=True) == []
    assert (folder_of(lake) / first.path).exists()


def test_what_is_too_old_in_the_log_is_taken_out_now_and_then(
    lake: MadeUpLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delta, "_COMMITS_TO_CLEANUP", 12)
    for load in range(12):
        lake.load("acme", load)
    assert len(list(versions(folder_of(lake)))) == 12
    for log in log_of(lake).iterdir():
        os.utime(log, (0, 0))
    lake.load("acme", 12)
    assert [number for number, _ in versions(folder_of(lake))] == [9, 10, 11, 12]
    assert by_polars(folder_of(lake)) == by_duckdb(duckdb(), folder_of(lake))
    assert by_deltalake(lake.folder) == ["acme/12/part.parquet"]


def test_engines_find_what_they_skip_files_by(lake: MadeUpLake) -> None:
    file = replace(
        lake.write("acme", 1),
        statistics={
            "source_name": {"min": "acme", "max": "acme", "nulls": 0},
            "state": {"min": None, "max": None, "nulls": 2},
        },
    )
    lake.publish("acme", lambda _: (file,))
    lake.reconcile("acme")
    actions = map(json.loads, (log_of(lake) / f"{0:020}.json").read_text().splitlines())
    [added] = [each["add"] for each in actions if "add" in each]
    assert json.loads(added["stats"]) == {
        "numRecords": 2,
        "minValues": {"source_name": "acme"},
        "maxValues": {"source_name": "acme"},
        "nullCount": {"source_name": 0, "state": 2},
    }


@pytest.mark.parametrize("name", ["day=1", "50%"])
def test_an_address_that_engines_read_otherwise_is_refused(
    name: str, tmp_path: Path, table: LoadTable
) -> None:
    with pytest.raises(DestinationSetupError, match="must have no"):
        MadeUpLake(tmp_path / name, table)


def test_without_the_library_it_is_said_what_to_install(
    lake: MadeUpLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "deltalake.exceptions", None)
    with pytest.raises(DestinationSetupError, match="needs deltalake") as caught:
        lake.load("acme", 1)
    assert "leadingest[lake]" in caught.value.hint


def test_a_bucket_that_is_not_there_is_told_without_an_address_that_is_signed(
    bucket: object, table: LoadTable
) -> None:
    from leadingest.stores.location import ObjectUrl

    nowhere = DeltaReadersTable(ObjectUrl("s3", "nowhere", "lake/made_up/leads"), table, dict)
    with pytest.raises(DestinationError) as caught:
        nowhere.reconcile({"acme": partial(PublishedFiles, 1)})
    assert str(caught.value).splitlines()[0] == (
        "the Delta table s3://nowhere/lake/made_up/leads cannot be reached: object storage did not do what was asked"
    )
