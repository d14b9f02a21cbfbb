"""Tests of leadingest.destinations.delivered_columns, in every database."""

from __future__ import annotations

from leadingest.destinations.delivered_columns import DeliveredColumn
from tests.destinations.made_up import MadeUpLoads


def test_the_columns_of_a_delivery_stand_from_left_to_right(loads: MadeUpLoads) -> None:
    one = loads.load({"company": "Oak"})
    two = loads.load({"company": "Elm"}, source="other")
    columns = (DeliveredColumn("Company", 2), DeliveredColumn("Phone", 1))
    assert loads.destination.delivered_columns([one, two]) == {one: columns, two: columns}
    assert loads.destination.delivered_columns([two]) == {two: columns}
