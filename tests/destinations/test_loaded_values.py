"""The values that leads have, on SQLite and on MySQL."""

from __future__ import annotations

from tests.destinations.made_up import MadeUpLoads


def test_the_values_that_the_leads_of_a_load_have_are_known(loads: MadeUpLoads) -> None:
    loads.load({"company": "other", "phone": "+1"})
    load_id = loads.load(
        {"company": "a", "phone": "+2", "capacity": 3},
        {"company": "b", "phone": "+2"},
        {"company": "c", "capacity": 4},
    )
    assert loads.destination.loaded_values(load_id, "phone").to_list() == ["+2"]
    capacity = loads.destination.loaded_values(load_id, "capacity")
    assert (sorted(capacity), capacity.dtype) == ([3, 4], loads.table.columns["capacity"].type.dtype)
    for name, column in loads.table.columns.items():
        assert loads.destination.loaded_values(load_id, name).dtype == column.type.dtype
