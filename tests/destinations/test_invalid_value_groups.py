"""Tests of leadingest.destinations.invalid_value_groups, in every database."""

from __future__ import annotations

from leadingest.destinations.invalid_value_groups import InvalidValue, InvalidValueGroup
from tests.destinations.made_up import MadeUpLoads, invalid_of


def test_they_are_counted_by_field_and_rule_with_the_first_of_each(loads: MadeUpLoads) -> None:
    one = loads.load(
        {"company": "Oak"},
        {"company": "Elm"},
        {"company": "Ash"},
        invalid_values=invalid_of(
            (1, "phone", "Phone", "phone", "none"),
            (1, "capacity", "Places", "integer", "a few"),
            (2, "phone", "Phone, Ext", "phone", '{"Phone": "7", "Ext": "5"}'),
            (2, "capacity", "Places", "min", "-1"),
            (3, "phone", "Phone", "phone", "unknown"),
        ),
    )
    other = loads.load({"company": "Oak"}, source="other")
    assert loads.destination.invalid_value_groups(one, examples=2) == [
        InvalidValueGroup(
            "phone",
            "phone",
            3,
            (InvalidValue(1, "Phone", "none"), InvalidValue(2, "Phone, Ext", '{"Phone": "7", "Ext": "5"}')),
        ),
        InvalidValueGroup("capacity", "integer", 1, (InvalidValue(1, "Places", "a few"),)),
        InvalidValueGroup("capacity", "min", 1, (InvalidValue(2, "Places", "-1"),)),
    ]
    assert loads.destination.invalid_value_groups(other) == []
