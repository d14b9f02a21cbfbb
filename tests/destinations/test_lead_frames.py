"""Reading the rows of a load in batches, on SQLite and on MySQL."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest

from leadingest.destinations import lead_frames
from tests.destinations.made_up import MadeUpLoads


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
    (batch,) = loads.destination.load_leads(load, ["source_record_number", *lead])
    assert batch.rows() == [(1, *lead.values()), (2, "B", *[None] * 5)]
    types = {name: column.type.dtype for name, column in loads.table.columns.items()}
    assert batch.schema == {"source_record_number": pl.Int64(), **{name: types[name] for name in lead}}


def test_rows_come_in_batches_by_record_number_and_only_of_the_load(
    loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_frames, "BATCH", 3)
    load = loads.load(*({"company": str(at)} for at in range(1, 9)))
    loads.load({"company": "another"})
    batches = list(loads.destination.load_leads(load, ["company"]))
    assert [batch.height for batch in batches] == [3, 3, 2]
    assert pl.concat(batches)["company"].to_list() == [str(at) for at in range(1, 9)]


def test_only_the_records_that_are_asked_for(loads: MadeUpLoads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lead_frames, "AT_ONCE", 2)
    load = loads.load(*({"company": str(at)} for at in range(1, 9)))
    asked = loads.destination.load_leads(load, ["company"], numbers=[7, 2, 3, 99, 1])
    assert pl.concat(asked)["company"].to_list() == ["1", "2", "3", "7"]


@pytest.mark.parametrize("numbers", [None, []])
def test_there_is_always_a_frame(loads: MadeUpLoads, numbers: list[int] | None) -> None:
    load = loads.load()
    (batch,) = loads.destination.load_leads(load, ["company", "capacity"], numbers=numbers)
    assert (batch.height, batch.columns) == (0, ["company", "capacity"])
