"""Tests of leadingest.comparing.shown_leads, against the view of the databases themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl

from leadingest.comparing.shown_leads import with_shown
from tests.destinations.made_up import NOON, MadeUpLoads

COLUMNS = (
    "source_name",
    "source_record_number",
    "source_extract_time",
    "filled_fields",
    "lead_key",
    "name_hash",
    "load_id",
)


def told(loads: MadeUpLoads) -> pl.DataFrame:
    with loads.destination.published_leads() as published:
        of_loads = [load.load_id for load in published.loads]
        shared_keys = published.shared_keys()
    return with_shown(
        pl.concat(each for load in of_loads for each in loads.destination.load_leads(load, COLUMNS)),
        shared_keys,
    )


def lead(company: str, phone: str | None, **more: Any) -> dict[str, Any]:
    return {"company": company, **({"phone": phone} if phone else {}), **more}


def test_what_is_told_to_be_shown_is_what_the_view_shows_and_why(loads: MadeUpLoads) -> None:
    loads.load(lead("old", "+1"), source="gone")
    loads.load(
        lead("one", "+1"),
        lead("fuller", "+2", capacity=1),
        lead("less", "+2"),
        lead("nobody", None),
        lead("same", "+3"),
        lead("same", "+3"),
        lead("earlier", "+4", capacity=1),
        source="beta",
    )
    loads.load(lead("by name", "+1"), lead("later", "+4"), lead("nobody", None), source="acme")
    loads.load(lead("newer", "+4"), source="zeta", extract_time=NOON + timedelta(days=1))
    loads.load(source="gone", extract_time=NOON + timedelta(days=2))
    leads = told(loads)
    shown = leads.filter("shown").sort("source_name", "source_record_number")
    view = loads.destination.leads()
    assert (
        shown.select("source_name", "source_record_number").rows()
        == view.select("source_name", "source_record_number").rows()
    )
    hidden = leads.filter(~pl.col("shown")).sort("source_name", "source_record_number")
    assert hidden.select(
        "source_name", "source_record_number", "behind_source", "behind_record", "because"
    ).rows() == [
        ("acme", 2, "zeta", 1, "extracted later"),
        ("beta", 1, "acme", 1, "first by source name"),
        ("beta", 3, "beta", 2, "more complete"),
        ("beta", 6, "beta", 5, "first by record number"),
        ("beta", 7, "zeta", 1, "extracted later"),
    ]
    assert dict(shown.group_by("lead_key").agg(pl.col("alike").first()).iter_rows()) == {
        "+1": 2,
        "+2": 2,
        "+3": 2,
        "+4": 3,
        None: 1,
    }
