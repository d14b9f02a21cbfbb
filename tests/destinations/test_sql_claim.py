"""Tests of leadingest.destinations.sql_claim: one run of a source at a time, on SQLite and on MySQL."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest
import sqlalchemy as sa

from leadingest.destinations.ledger import Counts, LoadEnd
from leadingest.errors import DestinationBusyError, DestinationLostError
from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import MadeUpLoads, invalid_of, leads_of, rejects_of

NOTHING = LoadEnd(Counts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0))


def test_a_source_is_claimed_once_and_is_free_afterwards(loads: MadeUpLoads) -> None:
    with (
        loads.destination.claim("acme"),
        pytest.raises(DestinationBusyError, match=r"^acme is being loaded\n"),
        loads.destination.claim("acme"),
    ):
        raise AssertionError
    with loads.destination.claim("acme") as claim:
        assert not claim.cleared


def test_whoever_has_it_is_named(loads: MadeUpLoads) -> None:
    with loads.started() as load:
        with (
            pytest.raises(
                DestinationBusyError, match=r"^acme is being loaded by process \d+ on \S+, since [\d:]+ UTC\n"
            ),
            loads.destination.claim("acme"),
        ):
            raise AssertionError
        load.finish(NOTHING)


def test_it_is_waited_for_as_long_as_one_likes(loads: MadeUpLoads) -> None:
    began = monotonic()
    with (
        loads.destination.claim("acme"),
        pytest.raises(DestinationBusyError, match=r"and was not done within 0\.1 seconds"),
        loads.destination.claim("acme", wait=0.1),
    ):
        raise AssertionError
    assert monotonic() - began >= 0.1


def test_other_sources_and_other_load_tables_are_free(loads: MadeUpLoads, table: LoadTable) -> None:
    other = MadeUpLoads(loads.url, replace(table, name="other"))
    other.destination.prepare()
    with loads.destination.claim("acme"), loads.destination.claim("beta"), other.destination.claim("acme"):
        loads.destination.history()
    other.destination.close()


@pytest.mark.parametrize("source", ["a/../b", "x" * 64, "Ünïcode #1", "%"])
def test_every_source_name_can_be_claimed(loads: MadeUpLoads, source: str) -> None:
    with (
        loads.destination.claim(source),
        pytest.raises(DestinationBusyError),
        loads.destination.claim(source),
    ):
        raise AssertionError


@pytest.mark.parametrize("rows", [1, 0], ids=["with rows to write", "with nothing left but its end"])
def test_a_load_that_another_run_has_taken_over_can_add_nothing_and_is_not_published(
    loads: MadeUpLoads, table: LoadTable, rows: int
) -> None:
    loads.load({"company": "old"})

    def taken_over() -> None:
        with loads.started() as load:
            engine = sa.create_engine(loads.url)
            with engine.begin() as connection:
                connection.exec_driver_sql(f"UPDATE loads SET run_by = 'another' WHERE load_id = {load.id}")
            engine.dispose()
            leads = leads_of(table, *([{"company": "new"}] * rows))
            load.write(leads=leads, rejects=rejects_of(), invalid_values=invalid_of())
            load.finish(LoadEnd(Counts(read=rows, loaded=rows, rejected=0, filtered=0, invalid_values=0)))

    with pytest.raises(DestinationLostError, match=r"load 2 is not ours any more"):
        taken_over()
    assert loads.shown() == ["old"]
