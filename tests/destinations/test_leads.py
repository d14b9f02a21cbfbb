"""Reading leads, from every destination."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest

from tests.destinations.made_up import NOON, MadeUpLoads


def test_the_columns_come_with_the_types_of_the_load_table(loads: MadeUpLoads) -> None:
    lead = {
        "company": "Étoile 🚀",
        "capacity": 7,
        "rate": Decimal("7.50"),
        "open": False,
        "issued": date(2026, 6, 30),
        "seen": datetime(2026, 6, 30, 12, 0, 0, 1),
    }
    load = loads.load(lead, {"company": "B"})
    (batch,) = loads.destination.leads.of_load(load, ["source_record_number", *lead])
    assert batch.rows() == [(1, *lead.values()), (2, "B", *[None] * 5)]
    types = {name: column.type.dtype for name, column in loads.table.columns.items()}
    assert batch.schema == {"source_record_number": pl.Int64(), **{name: types[name] for name in lead}}


@pytest.mark.parametrize("numbers", [None, []])
def test_there_is_always_a_frame(loads: MadeUpLoads, numbers: list[int] | None) -> None:
    load = loads.load()
    (batch,) = loads.destination.leads.of_load(load, ["company", "capacity"], numbers=numbers)
    assert (batch.height, batch.columns) == (0, ["company", "capacity"])


def test_only_of_the_sources_that_are_named_as_the_view_shows_them_beside_others(loads: MadeUpLoads) -> None:
    loads.load({"company": "A", "phone": "+1"}, {"company": "B"})
    loads.load({"company": "better", "phone": "+1", "capacity": 3}, source="beta")
    with loads.destination.leads.published(["acme"]) as published:
        assert pl.concat(published.batches(["company"]))["company"].to_list() == ["B"]


def test_what_is_published_meanwhile_is_not_seen(loads: MadeUpLoads) -> None:
    first = loads.load({"company": "A"})
    with loads.destination.leads.published() as published:
        loads.load({"company": "B"})
        loads.load({"company": "C"}, source="beta", extract_time=NOON)
        assert [load.load_id for load in published.loads] == [first]
        assert pl.concat(published.batches(["company"]))["company"].to_list() == ["A"]


def test_where_nothing_is_published_there_is_an_empty_frame(loads: MadeUpLoads) -> None:
    with loads.destination.leads.published() as published:
        (batch,) = published.batches(["company", "capacity"])
    assert (batch.height, batch.columns) == (0, ["company", "capacity"])


def test_the_values_that_the_leads_of_a_load_have_are_known(loads: MadeUpLoads) -> None:
    loads.load({"company": "other", "phone": "+1"})
    load_id = loads.load(
        {"company": "a", "phone": "+2", "capacity": 3},
        {"company": "b", "phone": "+2"},
        {"company": "c", "capacity": 4},
    )
    assert loads.destination.leads.values(load_id, "phone").to_list() == ["+2"]
    capacity = loads.destination.leads.values(load_id, "capacity")
    assert (sorted(capacity), capacity.dtype) == ([3, 4], loads.table.columns["capacity"].type.dtype)
    for name, column in loads.table.columns.items():
        assert loads.destination.leads.values(load_id, name).dtype == column.type.dtype


def test_the_leads_with_a_value_are_counted_by_load_and_field(loads: MadeUpLoads) -> None:
    one = loads.load({"company": "Oak", "phone": "+17022003000"}, {"company": "Elm", "capacity": 0})
    two = loads.load({"company": "Pine", "open": False}, source="other")
    empty = loads.load(source="empty")
    filled = loads.destination.leads.filled_fields([one, two, empty])
    assert filled.keys() == {one, two}
    assert filled[one] == dict.fromkeys(loads.table.columns, 0) | {"company": 2, "phone": 1, "capacity": 1}
    assert filled[two] == dict.fromkeys(loads.table.columns, 0) | {"company": 1, "open": 1}


def test_of_no_loads_there_is_nothing_to_count(loads: MadeUpLoads) -> None:
    loads.load({"company": "Oak"})
    assert loads.destination.leads.filled_fields([]) == {}
