"""Tests of leadingest.comparing.chosen_loads, on SQLite and on MySQL."""

from __future__ import annotations

import pytest

from leadingest.comparing.chosen_loads import chosen_loads
from leadingest.destinations.ledger import Counts, LoadEnd
from leadingest.errors import NothingToDoError, UsageError
from tests.destinations.made_up import MadeUpLoads


def chosen(loads: MadeUpLoads, asked: tuple[int, int] | None = None) -> list[int]:
    return [row.load_id for row in chosen_loads(loads.destination, "acme", asked)]


def loaded(loads: MadeUpLoads, count: int) -> list[int]:
    return [loads.load({"company": str(number)}) for number in range(count)]


def test_the_published_load_and_the_one_before_it_then_the_earlier_ones(loads: MadeUpLoads) -> None:
    first, second, third, fourth = loaded(loads, 4)
    loads.load({"company": "other"}, source="beta")
    assert chosen(loads) == [third, fourth, second, first]
    loads.destination.rollback("acme")
    assert chosen(loads) == [second, third, first]


def test_what_is_held_or_failed_is_not_the_one_before(loads: MadeUpLoads) -> None:
    first, second = loaded(loads, 2)
    loads.load({"company": "x"}, held_because="old")
    last = loads.load({"company": "y"})
    assert chosen(loads) == [second, last, first]


def test_two_that_are_named_in_the_order_given_a_held_one_too(loads: MadeUpLoads) -> None:
    first, second = loaded(loads, 2)
    held = loads.load({"company": "x"}, held_because="old")
    assert chosen(loads, (second, held)) == [second, held, first]
    assert chosen(loads, (held, first)) == [held, first, second]


def test_a_load_without_rows_is_refused_with_the_reason(loads: MadeUpLoads) -> None:
    first, second, third = loaded(loads, 3)
    loads.destination.prune(keep=2)
    with pytest.raises(UsageError, match=f"load {first} of acme was pruned: its rows are gone"):
        chosen(loads, (first, third))
    with pytest.raises(RuntimeError), loads.started() as broken:
        raise RuntimeError
    with pytest.raises(UsageError, match=f"load {broken.id} of acme failed: it has no rows"):
        chosen(loads, (second, broken.id))
    with loads.started() as running:
        with pytest.raises(UsageError, match=f"load {running.id} of acme is still being loaded"):
            chosen(loads, (second, running.id))
        running.finish(LoadEnd(Counts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0)))


def test_a_load_of_another_source_is_none(loads: MadeUpLoads) -> None:
    (first,) = loaded(loads, 1)
    other = loads.load({"company": "x"}, source="beta")
    with pytest.raises(UsageError, match=f"there is no load {other} of acme"):
        chosen(loads, (first, other))
    with pytest.raises(UsageError, match="cannot be compared with itself"):
        chosen(loads, (first, first))


def test_without_two_loads_there_is_nothing_to_compare(loads: MadeUpLoads) -> None:
    with pytest.raises(NothingToDoError, match="acme has no published load yet"):
        chosen(loads)
    (first,) = loaded(loads, 1)
    with pytest.raises(
        NothingToDoError, match=f"no load of acme before the published one, load {first}, to compare"
    ):
        chosen(loads)
    loaded(loads, 1)
    loads.destination.prune(keep=1)
    with pytest.raises(
        NothingToDoError, match=f"to compare it with: load {first} was pruned: its rows are gone"
    ):
        chosen(loads)
