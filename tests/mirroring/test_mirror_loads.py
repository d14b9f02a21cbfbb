"""Tests of leadingest.mirroring.mirror_loads: whatever is done to the loads of a database, the mirror follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.lake import removal, spool
from leadingest.destinations.lake.ledgers import Ledgers
from leadingest.destinations.ledger import LoadRow, Original
from leadingest.destinations.sql import diagnostics, leads
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable, read_load_table
from tests.destinations.lake.watched_store import KilledError, files_beside_ledgers
from tests.destinations.made_up import DRIFT, KENNELS, MadeUpLoads, invalid_of, kennel, made_up_table
from tests.mirroring.made_up_mirror import MadeUpMirror, loaded, replayed, shown


@contextmanager
def opened(url: str, table: LoadTable) -> Iterator[MadeUpLoads]:
    """Loads into an empty database, which is ready."""
    made_up = MadeUpLoads(url, table)
    made_up.destination.prepare()
    yield made_up
    made_up.destination.close()


@pytest.fixture(name="table")
def _table(tmp_path: Path) -> LoadTable:
    """A load table with a column of every kind."""
    return made_up_table(tmp_path)


@pytest.fixture(params=["sqlite", "mysql", "lake"])
def every_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(every_url: str, table: LoadTable) -> Iterator[MadeUpLoads]:
    """Loads into an empty database of each kind."""
    with opened(every_url, table) as made_up:
        yield made_up


@pytest.fixture
def sqlite(sqlite_url: str, table: LoadTable) -> Iterator[MadeUpLoads]:
    """Loads into an empty SQLite database."""
    with opened(sqlite_url, table) as made_up:
        yield made_up


def mirror_of(database: MadeUpLoads, tmp_path: Path, **how: str) -> MadeUpMirror:
    return MadeUpMirror(database, f"lake:///{tmp_path / 'mirror'}", **how)


def known(loads: MadeUpLoads, source: str = "acme") -> LoadRow:
    row = loads.destination.ledger.published(source)
    assert row
    return row


def test_a_copy_has_all_that_is_kept_of_its_load(database: MadeUpLoads, tmp_path: Path) -> None:
    loaded(database, "beta")
    load_id = loaded(database)
    mirror = mirror_of(database, tmp_path)
    assert mirror.statuses() == ["copied", "copied"]
    assert mirror.same_leads()
    there, copy = known(database), known(mirror.lake)
    assert copy.original
    assert copy.original == Original(database.url, load_id, copy.original.version)
    assert {**vars(copy), "original": None} == {**vars(there), "original": None}
    mine, theirs = mirror.lake.destination, database.destination
    assert mine.leads.shared_keys(load_id).to_list() == theirs.leads.shared_keys(load_id).to_list()
    for rows in ("rejects", "invalid_values"):
        frames = [pl.concat(getattr(each.diagnostics, rows)(load_id)) for each in (mine, theirs)]
        assert frames[0].equals(frames[1])
        assert frames[0].height
    assert mine.diagnostics.profiles(load_id).equals(theirs.diagnostics.profiles(load_id))
    assert mine.diagnostics.drift(load_id=load_id) == theirs.diagnostics.drift(load_id=load_id)
    assert mine.diagnostics.drift(load_id=load_id)[0].header == DRIFT.header


def test_what_is_there_is_not_written_again(database: MadeUpLoads, tmp_path: Path) -> None:
    loaded(database)
    mirror = mirror_of(database, tmp_path)
    mirror.update()
    assert mirror.writes_nothing()


def test_rollbacks_approvals_replays_and_prunings_are_followed(database: MadeUpLoads, tmp_path: Path) -> None:
    ledger, mirror = database.destination.ledger, mirror_of(database, tmp_path)
    first = loaded(database)
    mirror.update()
    second = loaded(database, company="Elm")
    assert mirror.statuses() == ["copied"]
    ledger.rollback("acme")
    files = files_beside_ledgers(mirror.lake_url)
    assert mirror.statuses() == ["published"]
    assert (known(mirror.lake).load_id, files_beside_ledgers(mirror.lake_url)) == (first, files)
    replayed(database, first)
    assert mirror.statuses() == ["copied"]
    assert (known(mirror.lake).records_loaded, known(mirror.lake).load_id) == (4, first)
    assert mirror.same_leads()
    held = loaded(database, company="Ash", held_because="to be looked at")
    assert mirror.statuses() == ["unchanged"]
    ledger.approve(held)
    assert mirror.statuses() == ["copied"]
    ledger.prune(keep=1)
    (result,) = mirror.update()
    assert (result.status, sorted(result.pruned)) == ("unchanged", [first, second])
    status = {row.load_id: row.status for row in mirror.lake.destination.ledger.history()}
    assert status == {first: "pruned", second: "pruned", held: "loaded"}
    assert mirror.same_leads()
    assert mirror.writes_nothing()


def test_a_lead_that_shares_its_key_is_shown_as_in_the_database(every_url: str, tmp_path: Path) -> None:
    description = tmp_path / "kennels.yaml"
    description.write_text(KENNELS)
    with opened(every_url, read_load_table(description)) as database:
        mirror = mirror_of(database, tmp_path)
        load_id = database.load(
            kennel("Paws", permit="A"), kennel("Claws", permit="B"), kennel("Tails", "other")
        )
        database.load(
            kennel("Paws"), kennel("Fins"), kennel("Scales"), kennel("Tails", "other"), source="beta"
        )
        mirror.update()
        for side in (database, mirror.lake):
            assert side.destination.leads.shared_keys(load_id).to_list() == ["k"]
        assert mirror.same_leads()
        assert shown(database).height == 5


def test_files_that_are_gone_are_copied_again(sqlite: MadeUpLoads, tmp_path: Path) -> None:
    mirror, first = mirror_of(sqlite, tmp_path), loaded(sqlite)
    mirror.update()
    loaded(sqlite, company="Elm")
    mirror.update()
    mirror.lake.destination.ledger.prune(keep=1)
    sqlite.destination.ledger.rollback("acme", to=first)
    assert mirror.statuses() == ["copied"]
    (file,) = (Path(tmp_path / "mirror") / "made_up/leads/acme" / str(first)).glob("part-[3-9].parquet")
    loaded(sqlite, company="Ash")
    mirror.update()
    file.unlink()
    sqlite.destination.ledger.rollback("acme", to=first)
    assert mirror.statuses() == ["copied"]
    assert mirror.same_leads()


def test_a_source_that_is_withdrawn_there_is_withdrawn_here(sqlite: MadeUpLoads, tmp_path: Path) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    loaded(sqlite)
    loaded(sqlite, "beta")
    mirror.update()
    engine = sa.create_engine(sqlite.url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM published_loads WHERE source_name = 'acme'"))
    assert mirror.statuses() == ["withdrawn", "unchanged"]
    assert mirror.same_leads()
    assert mirror.writes_nothing()
    sqlite.destination.ledger.rollback("acme", to=1)
    assert mirror.statuses() == ["published", "unchanged"]
    engine.dispose()


def test_files_of_old_copies_go_once_no_query_can_be_at_them(
    sqlite: MadeUpLoads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror, first = mirror_of(sqlite, tmp_path), loaded(sqlite)
    mirror.update()
    replayed(sqlite, first)
    mirror.update()
    assert mirror.writes_nothing()
    monkeypatch.setattr(removal, "KEPT_FOR", removal.KEPT_FOR * 0)
    assert mirror.statuses() == ["unchanged"]
    # Whoever asks for the leads of an earlier day reads what was published then.
    old = {path for path in files_beside_ledgers(mirror.lake_url) if path.endswith("part-1.parquet")}
    assert old == {f"made_up/leads/acme/{first}/part-1.parquet"}
    assert mirror.writes_nothing()
    loaded(sqlite, company="Elm")
    sqlite.destination.ledger.prune(keep=1)
    assert mirror.statuses() == ["copied"]
    assert mirror.statuses() == ["unchanged"]
    kinds = {path.split("/")[1] for path in files_beside_ledgers(mirror.lake_url) if f"/{first}/" in path}
    assert kinds == {"drift"}
    assert mirror.writes_nothing()


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_killed_at_any_write_it_shows_the_old_leads_or_the_new_and_goes_on(
    sqlite: MadeUpLoads, tmp_path: Path, done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What other engines see is tried elsewhere.
    monkeypatch.setattr(Ledgers, "reconcile", lambda *_: True)
    for write in range(1, 60):
        lake = f"lake:///{tmp_path / f'killed at {write}'}"
        mirror, killed = MadeUpMirror(sqlite, lake), MadeUpMirror(sqlite, lake)
        first = loaded(sqlite, company="Old")
        mirror.update()
        old, second = shown(sqlite), loaded(sqlite, company="New")
        replayed(sqlite, second)
        killed.lake.store.die_at(write, done=done)
        survived = False
        with suppress(KilledError):
            survived = "failed" not in killed.statuses()
        assert any(shown(mirror.lake).equals(state) for state in (old, shown(sqlite)))
        assert set(mirror.statuses()) <= {"copied", "unchanged"}
        assert mirror.same_leads()
        history = mirror.lake.destination.ledger.history()
        assert [(row.load_id, row.status) for row in history] == [(second, "loaded"), (first, "loaded")]
        assert len(files_beside_ledgers(lake)) == 9
        assert mirror.writes_nothing()
        if survived:
            assert write > 5
            return
    raise AssertionError("it never ends")


def test_a_source_that_was_loaded_into_the_lake_is_refused_and_the_others_go_on(
    sqlite: MadeUpLoads, tmp_path: Path
) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    own = mirror.lake.load({"company": "Own"})
    loaded(sqlite)
    beta = loaded(sqlite, "beta")
    acme, other = mirror.update()
    assert (acme.status, acme.exit_code, other.status) == ("failed", 2, "copied")
    assert acme.message == (
        f"acme was loaded into {mirror.lake_url} itself (load {own}), so it cannot be a mirror of another database"
    )
    assert mirror.lake.shown(source="acme") == ["Own"]
    assert (own, beta, known(mirror.lake, "beta").load_id) == (1, 2, 2)


def test_a_number_that_is_taken_is_not_given_again(sqlite: MadeUpLoads, tmp_path: Path) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    assert mirror.lake.load({"company": "Own"}, source="own") == loaded(sqlite) == 1
    (result,) = mirror.update()
    assert (result.load_id, result.copy_id) == (1, 2)
    loaded(sqlite, company="Elm")
    (result,) = mirror.update()
    assert (result.load_id, result.copy_id) == (2, 3)
    sqlite.destination.ledger.rollback("acme")
    (result,) = mirror.update()
    assert (result.status, result.load_id, result.copy_id) == ("published", 1, 2)
    assert mirror.lake.shown(source="own") == ["Own"]


def test_a_mirrored_source_is_not_loaded_into_the_lake(sqlite: MadeUpLoads, tmp_path: Path) -> None:
    mirror, load_id = mirror_of(sqlite, tmp_path), loaded(sqlite)
    mirror.update()
    with pytest.raises(DestinationSetupError, match=r"the loads of acme in .* are copies of those in sqlite"):
        mirror.lake.load({"company": "Own"})
    with pytest.raises(DestinationSetupError, match="are copies"):
        replayed(mirror.lake, load_id)
    assert mirror.writes_nothing()


def test_another_database_is_refused_and_one_that_has_moved_is_not(
    sqlite: MadeUpLoads, table: LoadTable, tmp_path: Path
) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    loaded(sqlite)
    mirror.update()
    moved = mirror_of(sqlite, tmp_path, url="sqlite:///moved.db")
    assert moved.writes_nothing()
    with opened(f"sqlite:///{tmp_path / 'other.db'}", table) as other:
        loaded(other)
        (result,) = mirror_of(other, tmp_path).update()
    assert (result.status, result.exit_code) == ("failed", 2)
    assert result.message == f"acme in {mirror.lake_url} is a mirror of another database: {sqlite.url}"


def test_a_load_that_is_replayed_while_it_is_copied_is_not_published(
    sqlite: MadeUpLoads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror, load_id = mirror_of(sqlite, tmp_path), loaded(sqlite)
    profiles = sqlite.destination.diagnostics.profiles

    def replay_meanwhile(of: int) -> pl.DataFrame:
        monkeypatch.undo()
        replayed(sqlite, load_id)
        return profiles(of)

    monkeypatch.setattr(sqlite.destination.diagnostics, "profiles", replay_meanwhile)
    (result,) = mirror.update()
    assert (result.status, result.exit_code) == ("failed", 1)
    assert result.message == f"load {load_id} of acme was changed while it was copied"
    assert files_beside_ledgers(mirror.lake_url) == set()
    assert mirror.statuses() == ["copied"]
    assert mirror.same_leads()


def test_a_source_that_somebody_else_copies_is_said_to_be_busy(sqlite: MadeUpLoads, tmp_path: Path) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    loaded(sqlite)
    copies = mirror_of(sqlite, tmp_path).lake.destination.copies
    assert copies
    with copies.claim("acme"):
        (result,) = mirror.update()
    assert (result.status, result.exit_code) == ("failed", 1)
    assert mirror.statuses() == ["copied"]


def test_one_source_is_copied_or_only_looked_at(sqlite: MadeUpLoads, tmp_path: Path) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    loaded(sqlite)
    loaded(sqlite, "beta")
    before = mirror.files()
    assert mirror.statuses(dry_run=True) == ["copied", "copied"]
    assert mirror.files() == before
    assert mirror.statuses("beta") == ["copied"]
    assert mirror.statuses() == ["copied", "unchanged"]


def test_the_delta_table_is_brought_up_to_date_even_if_a_process_died_in_between(
    sqlite: MadeUpLoads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = mirror_of(sqlite, tmp_path)
    loaded(sqlite)
    with monkeypatch.context() as patched:
        patched.setattr(Ledgers, "reconcile", lambda *_: True)
        mirror.update()
    assert mirror.statuses() == ["unchanged"]
    delta = pl.read_delta(str(tmp_path / "mirror/made_up/leads"))
    assert sorted(delta["company"]) == sorted(sqlite.shown())
    assert mirror.writes_nothing()


def test_batches_of_any_number_are_copied_one_behind_the_other(
    sqlite: MadeUpLoads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invalid = [(record, f"field {n}", "Rate", "decimal", "x") for record in range(1, 8) for n in range(3)]
    load_id = sqlite.load(
        *({"company": f"Oak {number}"} for number in range(7)), invalid_values=invalid_of(*invalid)
    )
    for module, name in ((leads, "BATCH"), (diagnostics, "BATCH"), (spool, "ROWS")):
        monkeypatch.setattr(module, name, 2)
    # A sort of all batches together would take the memory of all.
    monkeypatch.delattr(spool.Spool, "_put_in_one")
    mirror = mirror_of(sqlite, tmp_path)
    assert mirror.statuses() == ["copied"]
    assert mirror.same_leads()
    there, here = (
        pl.concat(loads.destination.diagnostics.invalid_values(load_id)) for loads in (sqlite, mirror.lake)
    )
    assert here.equals(there)
    assert here.height == len(invalid)


@pytest.mark.parametrize("kind", ["sqlite", "mysql"])
def test_a_database_without_tables_is_told_as_that_and_gets_none(
    kind: str, request: pytest.FixtureRequest, table: LoadTable, tmp_path: Path
) -> None:
    url = str(request.getfixturevalue(f"{kind}_url"))
    engine = sa.create_engine(url)
    with engine.connect():
        empty = MadeUpLoads(url, table)
        with pytest.raises(DestinationSetupError, match="lacks a table or a column that leadingest needs"):
            mirror_of(empty, tmp_path).update()
        empty.destination.close()
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
