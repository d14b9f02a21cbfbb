"""Tests of leadingest.comparing.duplicates, on SQLite and on MySQL."""

from __future__ import annotations

import pytest

from leadingest.comparing.duplicate_rules import RULES
from leadingest.comparing.duplicates import Duplicates, find_duplicates
from leadingest.errors import NothingToDoError
from tests.destinations.made_up import MadeUpLoads

ELM = {"company": "Elm", "phone": "+17022003001"}


def by_phone(loads: MadeUpLoads, source: str | None = None) -> Duplicates:
    (found,) = find_duplicates(
        loads.destination,
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
    found = find_duplicates(loads.destination, loads.table.columns, RULES)
    assert [each.rule.name for each in found] == ["same_key", "same_phone"]


def test_before_anything_is_published_there_is_nothing_to_compare(loads: MadeUpLoads) -> None:
    with pytest.raises(NothingToDoError, match="no leads are published yet"):
        by_phone(loads)
