"""Tests of leadingest.destinations.sql.exports: the tables, looked at with SQL."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from leadingest.destinations.sql import exports
from tests.destinations.exports import handed_out, mark
from tests.destinations.made_up import MadeUpLoads


def rows(loads: MadeUpLoads, sql: str) -> list[tuple[object, ...]]:
    engine = sa.create_engine(loads.url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(sql)]
    engine.dispose()
    return found


def test_a_lead_is_kept_as_it_was_last_handed_out(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "_CHUNK", 2)
    mark(loads, {"a": "1", "b": "1", "c": "1"}, anew=True)
    mark(loads, {"b": "2", "d": "1"})
    mark(loads, {"x": "1"}, name="other", anew=True)
    assert handed_out(loads) == {"a": "1", "b": "2", "c": "1", "d": "1"}
    assert handed_out(loads, "other") == {"x": "1"}
    assert handed_out(loads, "never") == {}


def test_begun_anew_what_was_before_counts_no_more_and_takes_no_room(loads: MadeUpLoads) -> None:
    mark(loads, {"a": "1", "b": "1"}, anew=True)
    mark(loads, {"c": "1"})
    last = mark(loads, {"a": "1"}, anew=True)
    assert handed_out(loads) == {"a": "1"}
    assert rows(loads, "SELECT DISTINCT export_id FROM exported_leads") == [(last,)]
    assert len(rows(loads, "SELECT export_id FROM exports")) == 3


def test_what_a_process_that_is_gone_had_begun_is_taken_back(loads: MadeUpLoads) -> None:
    mark(loads, {"a": "1"}, anew=True)
    begun = mark(loads, {"a": "2", "b": "1"})
    engine = sa.create_engine(loads.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE exports SET status = 'running' WHERE export_id = {begun}")
    engine.dispose()
    assert handed_out(loads) == {"a": "1"}
    assert rows(loads, f"SELECT status FROM exports WHERE export_id = {begun}") == [("failed",)]
    assert rows(loads, f"SELECT * FROM exported_leads WHERE export_id = {begun}") == []
