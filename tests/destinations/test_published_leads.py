"""Reading what the view shows as of one moment, on SQLite and on MySQL."""

from __future__ import annotations

import polars as pl
import pytest

from leadingest.destinations import lead_frames
from tests.destinations.made_up import NOON, MadeUpLoads


def test_it_is_what_the_view_shows_by_source_and_record_in_batches(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_frames, "BATCH", 2)
    loads.load(*({"company": str(at)} for at in range(5)), source="beta")
    loads.load({"company": "old"})
    now = loads.load(
        {"company": "A", "phone": "+1"}, {"company": "B", "phone": "+1", "capacity": 1}, {"company": "C"}
    )
    with loads.destination.published_leads() as published:
        assert [(load.source_name, load.load_id) for load in published.loads] == [("acme", now), ("beta", 1)]
        batches = list(published.batches(["company"]))
    assert max(batch.height for batch in batches) == 2
    assert pl.concat(batches)["company"].to_list() == ["B", "C", "0", "1", "2", "3", "4"] == loads.shown()


def test_only_of_the_sources_that_are_named_as_the_view_shows_them_beside_others(loads: MadeUpLoads) -> None:
    loads.load({"company": "A", "phone": "+1"}, {"company": "B"})
    loads.load({"company": "better", "phone": "+1", "capacity": 3}, source="beta")
    with loads.destination.published_leads(["acme"]) as published:
        assert pl.concat(published.batches(["company"]))["company"].to_list() == ["B"]


def test_what_is_published_meanwhile_is_not_seen(loads: MadeUpLoads) -> None:
    first = loads.load({"company": "A"})
    with loads.destination.published_leads() as published:
        loads.load({"company": "B"})
        loads.load({"company": "C"}, source="beta", extract_time=NOON)
        assert [load.load_id for load in published.loads] == [first]
        assert pl.concat(published.batches(["company"]))["company"].to_list() == ["A"]


def test_where_nothing_is_published_there_is_an_empty_frame(loads: MadeUpLoads) -> None:
    with loads.destination.published_leads() as published:
        (batch,) = published.batches(["company", "capacity"])
    assert (batch.height, batch.columns) == (0, ["company", "capacity"])
