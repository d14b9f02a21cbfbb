"""Tests of leadingest.comparing.duplicates, on SQLite and on MySQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from leadingest.comparing.duplicate_rules import RULES
from leadingest.comparing.duplicates import Duplicates, find_duplicates
from leadingest.destinations.shown import with_shown
from leadingest.errors import NothingToDoError
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


def duplicate_leads(loads: MadeUpLoads) -> pl.DataFrame:
    with loads.destination.leads.published() as published:
        of_loads = [load.load_id for load in published.loads]
        shared_keys = published.shared_keys()
    return with_shown(
        pl.concat(each for load in of_loads for each in loads.destination.leads.of_load(load, COLUMNS)),
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
    leads = duplicate_leads(loads)
    shown = leads.filter("shown").sort("source_name", "source_record_number")
    view = loads.destination.leads.rows()
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


ELM = {"company": "Elm", "phone": "+17022003001"}


def by_phone(loads: MadeUpLoads, source: str | None = None) -> Duplicates:
    (found,) = find_duplicates(
        loads.destination.leads,
        loads.table.columns,
        [rule for rule in RULES if rule.name == "same_phone"],
        source=source,
    )
    return found


def members(found: Duplicates) -> list[tuple[object, ...]]:
    return found.leads.select(
        "group", "value", "source_name", "source_record_number", "company", "shown"
    ).rows()


def test_leads_that_share_a_value_are_a_group_those_of_several_sources_first(loads: MadeUpLoads) -> None:
    loads.load(
        {"company": "Twin", "phone": "+17022003002"},
        {"company": "Twin 2", "phone": "+17022003002"},
        ELM,
        {"company": "One"},
    )
    loads.load({"company": "Elm School", "phone": "+17022003001 x1", "lead_key": "another"}, source="beta")
    found = by_phone(loads)
    assert (found.groups, found.leads.height, found.across_sources, found.shown_twice) == (2, 4, 1, 1)
    assert members(found) == [
        (1, "+17022003001", "acme", 3, "Elm", True),
        (1, "+17022003001", "beta", 1, "Elm School", True),
        (2, "+17022003002", "acme", 1, "Twin", True),
        (2, "+17022003002", "acme", 2, "Twin 2", False),
    ]


def test_only_published_loads_count(loads: MadeUpLoads) -> None:
    loads.load(ELM, ELM)
    loads.load(ELM)
    loads.load(ELM, ELM, held_because="old", source="beta")
    assert by_phone(loads).groups == 0
    assert members(by_phone(loads)) == []


def test_only_the_groups_that_a_source_has_a_part_in(loads: MadeUpLoads) -> None:
    loads.load(
        ELM, {"company": "Twin", "phone": "+17022003002"}, {"company": "Twin", "phone": "+17022003002"}
    )
    loads.load(ELM, source="beta")
    assert {row[2] for row in members(by_phone(loads, "beta"))} == {"acme", "beta"}
    assert by_phone(loads, "beta").groups == 1
    assert by_phone(loads, "acme").groups == 2


def test_rules_that_read_what_the_table_lacks_find_nothing(loads: MadeUpLoads) -> None:
    loads.load(ELM)
    found = find_duplicates(loads.destination.leads, loads.table.columns, RULES)
    assert [each.rule.name for each in found] == ["same_key", "same_phone"]


def test_before_anything_is_published_there_is_nothing_to_compare(loads: MadeUpLoads) -> None:
    with pytest.raises(NothingToDoError, match="no leads are published yet"):
        by_phone(loads)
