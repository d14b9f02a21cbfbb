"""Tests of leadingest.destinations.sql.leads: reading in batches."""

from __future__ import annotations

import polars as pl
import pytest
import sqlalchemy as sa

from leadingest.destinations.sql import leads
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.dialects import dialect_of
from tests.destinations.made_up import MadeUpLoads, schema_for


def test_it_is_what_the_view_shows_by_source_and_record_in_batches(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leads, "BATCH", 2)
    loads.load(*({"company": str(at)} for at in range(5)), source="beta")
    loads.load({"company": "old"})
    now = loads.load(
        {"company": "A", "phone": "+1"}, {"company": "B", "phone": "+1", "capacity": 1}, {"company": "C"}
    )
    with loads.destination.leads.published() as published:
        assert [(load.source_name, load.load_id) for load in published.loads] == [("acme", now), ("beta", 1)]
        batches = list(published.batches(["company"]))
    assert max(batch.height for batch in batches) == 2
    assert pl.concat(batches)["company"].to_list() == ["B", "C", "0", "1", "2", "3", "4"] == loads.shown()


def test_rows_come_in_batches_by_record_number_and_only_of_the_load(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leads, "BATCH", 3)
    load = loads.load(*({"company": str(at)} for at in range(1, 9)))
    loads.load({"company": "another"})
    batches = list(loads.destination.leads.of_load(load, ["company"]))
    assert [batch.height for batch in batches] == [3, 3, 2]
    assert pl.concat(batches)["company"].to_list() == [str(at) for at in range(1, 9)]


def test_only_the_records_that_are_asked_for(loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leads, "AT_ONCE", 2)
    load = loads.load(*({"company": str(at)} for at in range(1, 9)))
    found = loads.destination.leads.of_load(load, ["company"], numbers=[7, 2, 3, 99, 1])
    assert pl.concat(found)["company"].to_list() == ["1", "2", "3", "7"]


def test_how_rows_are_read_does_not_stay_with_the_connection(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"})
    url = sa.make_url(loads.url)
    database = Database(dialect_of(url.get_backend_name()), url)
    with database.reading() as connection:
        select = sa.select(schema_for(loads.url, loads.table).leads.c.company)
        (frame,) = leads.frames(connection, select, {"company": pl.String()})
        assert "stream_results" not in connection.get_execution_options()
    assert frame["company"].to_list() == ["A"]
    database.close()
