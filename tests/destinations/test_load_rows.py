"""Tests of leadingest.destinations.load_rows, in every database."""

from __future__ import annotations

from tests.destinations.made_up import MadeUpLoads


def test_the_newest_loads_of_every_source_are_found_with_the_published_ones(loads: MadeUpLoads) -> None:
    published = loads.load({"company": "Oak"})
    held = [loads.load({"company": "Oak"}, held_because="older") for _ in range(3)]
    other = loads.load({"company": "Elm"}, source="other")
    found = loads.destination.newest_loads(2)
    assert [row.load_id for row in found] == [other, held[2], held[1], published]
    assert [row.published for row in found] == [True, False, False, True]
