"""Going back to an earlier load, on SQLite and on MySQL."""

from __future__ import annotations

import pytest

from leadingest.errors import NothingToDoError, UsageError
from tests.destinations.made_up import MadeUpLoads


def test_rollback_publishes_the_load_before_the_published_one(loads: MadeUpLoads) -> None:
    first = loads.load({"company": "A"})
    loads.load({"company": "held"}, held_because="to be looked at")
    loads.load({"company": "B"})
    row = loads.destination.rollback("acme")
    assert (row.load_id, row.published) == (first, True)
    assert loads.shown() == ["A"]
    with pytest.raises(NothingToDoError, match="there is no load of acme before the published one"):
        loads.destination.rollback("acme")


def test_rollback_goes_to_any_load_of_the_source_that_was_loaded(loads: MadeUpLoads) -> None:
    numbers = [loads.load({"company": name}) for name in "ABC"]
    for at in (0, 2, 1):
        assert loads.destination.rollback("acme", to=numbers[at]).load_id == numbers[at]
        assert loads.shown() == ["ABC"[at]]


def test_rollback_leaves_other_sources_alone(loads: MadeUpLoads) -> None:
    for source in ("acme", "beta"):
        for name in ("old", "new"):
            loads.load({"company": f"{source} {name}"}, source=source)
    loads.destination.rollback("beta")
    assert loads.shown() == ["acme new", "beta old"]


def test_what_is_not_loaded_or_of_another_source_cannot_be_gone_back_to(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"})
    held = loads.load({"company": "B"}, held_because="to be looked at")
    other = loads.load({"company": "C"}, source="beta")
    with pytest.raises(UsageError, match=f"load {held} is held: only a load that was loaded"):
        loads.destination.rollback("acme", to=held)
    for load in (other, 99):
        with pytest.raises(UsageError, match=f"there is no load {load} of acme"):
            loads.destination.rollback("acme", to=load)
    assert loads.shown() == ["A", "C"]


def test_before_the_first_load_there_is_nothing_to_go_back_to(loads: MadeUpLoads) -> None:
    with pytest.raises(NothingToDoError):
        loads.destination.rollback("acme")
