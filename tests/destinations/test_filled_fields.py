"""Tests of leadingest.destinations.filled_fields, in every database."""

from __future__ import annotations

from tests.destinations.made_up import MadeUpLoads


def test_the_leads_with_a_value_are_counted_by_load_and_field(loads: MadeUpLoads) -> None:
    one = loads.load({"company": "Oak", "phone": "+17022003000"}, {"company": "Elm", "capacity": 0})
    two = loads.load({"company": "Pine", "open": False}, source="other")
    empty = loads.load(source="empty")
    filled = loads.destination.filled_fields([one, two, empty])
    assert filled.keys() == {one, two}
    assert filled[one] == dict.fromkeys(loads.table.columns, 0) | {"company": 2, "phone": 1, "capacity": 1}
    assert filled[two] == dict.fromkeys(loads.table.columns, 0) | {"company": 1, "open": 1}


def test_of_no_loads_there_is_nothing_to_count(loads: MadeUpLoads) -> None:
    loads.load({"company": "Oak"})
    assert loads.destination.filled_fields([]) == {}
