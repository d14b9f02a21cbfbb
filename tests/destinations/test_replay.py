"""Rejects that become leads, in every destination, looked for in the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.ledger import Replay
from leadingest.errors import BalanceError, UsageError
from tests.destinations.made_up import (
    DATABASES,
    MadeUpLoads,
    each_of,
    invalid_of,
    leads_of,
    made_up_table,
    rejects_of,
)
from tests.loaded_tables import read

_REJECTS = rejects_of(
    (2, 3, None, "short_record", "1 cell instead of 2", "Oak"),
    (4, 5, "company", "required", "Company has no value", '{"Company":"","Phone":"1"}'),
    (7, 8, None, "long_record", "3 cells instead of 2", "Pine,1,2"),
)


@pytest.fixture
def load_id(loads: MadeUpLoads) -> int:
    """A load with a lead and three rejects, before another one with the same."""
    lead = {"company": "Elm", "phone": "+18012003000"}
    load_id = loads.load(lead, rejects=_REJECTS)
    loads.load(lead, rejects=_REJECTS, source="other")
    return load_id


def write(loads: MadeUpLoads, replay: Replay) -> None:
    """The second reject is a lead, the first has another reason, the third is left out on purpose."""
    replay.write(
        instead_of=_REJECTS,
        leads=leads_of(loads.table, {"record_number": 4, "company": "Ash"}),
        rejects=rejects_of((2, 3, "company", "required", "Company has no value", "{}")),
        invalid_values=invalid_of((4, "phone", "Phone", "phone", "1")),
    )


def rows(loads: MadeUpLoads, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in read(loads.url, sql)]


def remove(loads: MadeUpLoads, table: str, where: str) -> None:
    """What somebody else does meanwhile."""
    engine = sa.create_engine(loads.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}")
    engine.dispose()


def state(loads: MadeUpLoads) -> list[Any]:
    """Everything that a replay could change."""
    return [
        rows(loads, f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("loads", "made_up", "load_rejects", "load_invalid_values", "published_loads")
    ]


def test_what_succeeds_joins_the_leads_and_the_counts_tell_it(loads: MadeUpLoads, load_id: int) -> None:
    with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
        write(loads, replay)
        replay.finish(filtered=1)
    load = loads.destination.ledger.load(load_id)
    counts = (load.records_read, load.records_loaded, load.records_rejected, load.records_filtered)
    assert counts == (4, 2, 1, 1)
    assert load.invalid_values == 1
    assert (load.status, load.mapping_hash, load.published) == ("loaded", "m" * 64, True)
    assert loads.shown(source="acme") == ["Elm", "Ash"]
    (left,) = pl.concat(loads.destination.diagnostics.rejects(load_id)).rows()
    assert left == (2, 3, "company", "required", "Company has no value", "{}")


def test_a_lead_that_joins_has_the_lineage_of_the_others(loads: MadeUpLoads, load_id: int) -> None:
    with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
        write(loads, replay)
        replay.finish(filtered=1)
    lineage = "source_name, source_filename, source_extract_time"
    first, second = rows(loads, f"SELECT {lineage} FROM made_up WHERE load_id = {load_id}")
    assert first == second


def test_a_lead_that_joins_is_compared_with_those_of_its_key(loads: MadeUpLoads) -> None:
    load_id = loads.load({"company": "Elm"}, rejects=_REJECTS, source="other")
    loads.load({"company": "Oak", "lead_key": "k", "filled_fields": 9})
    with loads.destination.ledger.claim("other") as claim, claim.replay(load_id) as replay:
        replay.write(
            instead_of=_REJECTS[:1],
            leads=leads_of(loads.table, {"record_number": 2, "company": "Ash", "lead_key": "k"}),
            rejects=rejects_of(),
            invalid_values=invalid_of(),
        )
        replay.finish(filtered=0)
    assert loads.shown() == ["Oak", "Elm"]


def test_other_loads_are_left_alone(loads: MadeUpLoads, load_id: int) -> None:
    before = rows(loads, f"SELECT * FROM load_rejects WHERE load_id <> {load_id}")
    with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
        write(loads, replay)
        replay.finish(filtered=1)
    assert rows(loads, f"SELECT * FROM load_rejects WHERE load_id <> {load_id}") == before


def test_nothing_is_seen_of_it_before_it_is_finished(loads: MadeUpLoads, load_id: int) -> None:
    before = state(loads)
    with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
        write(loads, replay)
        assert state(loads) == before
        assert pl.concat(loads.destination.diagnostics.rejects(load_id)).equals(_REJECTS)
    assert state(loads) == before


def test_an_error_changes_nothing(loads: MadeUpLoads, load_id: int) -> None:
    before = state(loads)

    def broken_off() -> None:
        with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
            write(loads, replay)
            replay.finish(filtered=1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert state(loads) == before


def test_counts_that_do_not_add_up_change_nothing(loads: MadeUpLoads, load_id: int) -> None:
    before = state(loads)

    def unbalanced() -> None:
        with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
            write(loads, replay)
            replay.finish(filtered=0)

    with pytest.raises(BalanceError, match="do not add up"):
        unbalanced()
    assert state(loads) == before


@pytest.mark.parametrize("destination_url", each_of(DATABASES), indirect=True)
def test_tables_that_do_not_hold_what_they_should_change_nothing(loads: MadeUpLoads, load_id: int) -> None:
    remove(loads, "made_up", f"load_id = {load_id}")
    before = state(loads)

    def unbalanced() -> None:
        with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
            write(loads, replay)
            replay.finish(filtered=1)

    with pytest.raises(BalanceError, match="made_up has 1 rows of load 1, expected 2"):
        unbalanced()
    assert state(loads) == before


@pytest.mark.parametrize("destination_url", each_of(DATABASES), indirect=True)
def test_rejects_that_somebody_has_removed_meanwhile_change_nothing(loads: MadeUpLoads, load_id: int) -> None:
    remove(loads, "load_rejects", f"load_id = {load_id} AND record_number = 4")
    before = state(loads)

    def changed() -> None:
        with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
            write(loads, replay)

    with pytest.raises(BalanceError, match="changed during the replay"):
        changed()
    assert state(loads) == before


def test_a_held_load_stays_held(loads: MadeUpLoads) -> None:
    load_id = loads.load({"company": "Elm"}, rejects=_REJECTS, held_because="too many rejects")
    with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id) as replay:
        write(loads, replay)
        replay.finish(filtered=1)
    load = loads.destination.ledger.load(load_id)
    assert (load.status, load.reason, load.published) == ("held", "too many rejects", False)
    loads.destination.ledger.approve(load_id)
    assert loads.shown() == ["Elm", "Ash"]


def test_a_load_that_is_pruned_cannot_be_replayed(loads: MadeUpLoads, load_id: int) -> None:
    loads.load({"company": "new"})
    loads.destination.ledger.prune(keep=1, source="acme")

    def pruned() -> None:
        with loads.destination.ledger.claim("acme") as claim, claim.replay(load_id):
            pass

    with pytest.raises(UsageError, match=f"load {load_id} is pruned"):
        pruned()


def test_other_sources_are_loaded_meanwhile(mysql_url: str, tmp_path: Path) -> None:
    """SQLite has one who writes at a time; a server must not make anybody wait."""
    loads = MadeUpLoads(mysql_url, made_up_table(tmp_path))
    loads.destination.prepare()
    first = loads.load({"company": "Elm"}, rejects=_REJECTS)
    with loads.destination.ledger.claim("acme") as claim, claim.replay(first) as replay:
        write(loads, replay)
        loads.load({"company": "Other"}, rejects=_REJECTS, source="beta")
        replay.finish(filtered=1)
    assert loads.shown() == ["Elm", "Ash", "Other"]
    loads.destination.close()
