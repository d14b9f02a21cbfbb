"""The ledger of every destination: who has a source, and which load of it is published."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest

from leadingest.destinations.ledger import LoadEnd, RecordCounts
from leadingest.errors import DestinationBusyError, NothingToDoError, UsageError
from leadingest.tables.load_table import LoadTable
from tests.destinations.full_loads import TABLES, full_load, held_loads
from tests.destinations.made_up import MadeUpLoads

NOTHING = LoadEnd(RecordCounts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0))


@pytest.mark.parametrize(
    ("read", "balanced"), [(6, True), (5, False), (7, False)], ids=["all", "too many", "too few"]
)
def test_counts_are_balanced_when_every_record_is_accounted_for(read: int, balanced: bool) -> None:
    assert RecordCounts(read=read, loaded=3, rejected=2, filtered=1, invalid_values=9).balanced is balanced


def test_the_newest_loads_of_every_source_are_found_with_the_published_ones(loads: MadeUpLoads) -> None:
    published = loads.load({"company": "Oak"})
    held = [loads.load({"company": "Oak"}, held_because="older") for _ in range(3)]
    other = loads.load({"company": "Elm"}, source="other")
    found = loads.destination.ledger.newest_of_each(2)
    assert [row.load_id for row in found] == [other, held[2], held[1], published]
    assert [row.published for row in found] == [True, False, False, True]


def test_a_source_is_claimed_once_and_is_free_afterwards(loads: MadeUpLoads) -> None:
    with (
        loads.destination.ledger.claim("acme"),
        pytest.raises(DestinationBusyError, match=r"^acme is being loaded\n"),
        loads.destination.ledger.claim("acme"),
    ):
        raise AssertionError
    with loads.destination.ledger.claim("acme") as claim:
        assert not claim.cleared


def test_whoever_has_it_is_named(loads: MadeUpLoads) -> None:
    with loads.started() as load:
        with (
            pytest.raises(
                DestinationBusyError, match=r"^acme is being loaded by process \d+ on \S+, since [\d:]+ UTC\n"
            ),
            loads.destination.ledger.claim("acme"),
        ):
            raise AssertionError
        load.finish(NOTHING)


def test_it_is_waited_for_as_long_as_one_likes(loads: MadeUpLoads) -> None:
    began = monotonic()
    with (
        loads.destination.ledger.claim("acme"),
        pytest.raises(DestinationBusyError, match=r"which did not finish within 0\.1 seconds"),
        loads.destination.ledger.claim("acme", wait=0.1),
    ):
        raise AssertionError
    assert monotonic() - began >= 0.1


def test_other_sources_and_other_load_tables_are_free(loads: MadeUpLoads, table: LoadTable) -> None:
    other = MadeUpLoads(loads.url, replace(table, name="other"))
    other.destination.prepare()
    with (
        loads.destination.ledger.claim("acme"),
        loads.destination.ledger.claim("beta"),
        other.destination.ledger.claim("acme"),
    ):
        loads.destination.ledger.history()
    other.destination.close()


@pytest.mark.parametrize("source", ["a/../b", "x" * 64, "Ünïcode #1", "%"])
def test_every_source_name_can_be_claimed(loads: MadeUpLoads, source: str) -> None:
    with (
        loads.destination.ledger.claim(source),
        pytest.raises(DestinationBusyError),
        loads.destination.ledger.claim(source),
    ):
        raise AssertionError


def test_rollback_publishes_the_load_before_the_published_one(loads: MadeUpLoads) -> None:
    first = loads.load({"company": "A"})
    loads.load({"company": "held"}, held_because="to be looked at")
    loads.load({"company": "B"})
    row = loads.destination.ledger.rollback("acme")
    assert (row.load_id, row.published) == (first, True)
    assert loads.shown() == ["A"]
    with pytest.raises(NothingToDoError, match="acme has no load before the published one"):
        loads.destination.ledger.rollback("acme")


def test_rollback_goes_to_any_load_of_the_source_that_was_loaded(loads: MadeUpLoads) -> None:
    numbers = [loads.load({"company": name}) for name in "ABC"]
    for at in (0, 2, 1):
        assert loads.destination.ledger.rollback("acme", to=numbers[at]).load_id == numbers[at]
        assert loads.shown() == ["ABC"[at]]


def test_rollback_leaves_other_sources_alone(loads: MadeUpLoads) -> None:
    for source in ("acme", "beta"):
        for name in ("old", "new"):
            loads.load({"company": f"{source} {name}"}, source=source)
    loads.destination.ledger.rollback("beta")
    assert loads.shown() == ["acme new", "beta old"]


def test_what_is_not_loaded_or_of_another_source_cannot_be_gone_back_to(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"})
    held = loads.load({"company": "B"}, held_because="to be looked at")
    other = loads.load({"company": "C"}, source="beta")
    with pytest.raises(UsageError, match=f"load {held} is held: you can only roll back to"):
        loads.destination.ledger.rollback("acme", to=held)
    for load in (other, 99):
        with pytest.raises(UsageError, match=f"there is no load {load} of acme"):
            loads.destination.ledger.rollback("acme", to=load)
    assert loads.shown() == ["A", "C"]


def test_before_the_first_load_there_is_nothing_to_go_back_to(loads: MadeUpLoads) -> None:
    with pytest.raises(NothingToDoError):
        loads.destination.ledger.rollback("acme")


def test_only_the_source_that_is_named_is_pruned(loads: MadeUpLoads) -> None:
    for source in ("acme", "beta"):
        for name in "AB":
            loads.load({"company": name}, source=source)
    assert [row.load_id for row in loads.destination.ledger.prune(keep=1, source="beta")] == [3]


def test_to_prune_again_finds_nothing(loads: MadeUpLoads) -> None:
    for name in "ABC":
        loads.load({"company": name})
    assert len(loads.destination.ledger.prune(keep=1)) == 2
    assert loads.destination.ledger.prune(keep=1) == []


def test_a_load_that_is_gone_cannot_be_published_and_may_be_loaded_again(loads: MadeUpLoads) -> None:
    gone = loads.load({"company": "A"})
    loads.load({"company": "B"}, file_sha256="b" * 64)
    loads.destination.ledger.prune(keep=1)
    with pytest.raises(UsageError, match=f"load {gone} is pruned"):
        loads.destination.ledger.rollback("acme", to=gone)
    assert loads.loaded_before() is None


def test_a_load_under_way_is_not_touched(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"})
    with loads.started() as load:
        assert loads.destination.ledger.prune(keep=1) == []
        assert loads.destination.ledger.history()[0].load_id == load.id
        load.finish(NOTHING)


def test_the_newest_loads_of_each_source_and_the_published_one_are_kept(loads: MadeUpLoads) -> None:
    acme = [full_load(loads, name) for name in "ABCDE"]
    beta = full_load(loads, "Z", source="beta")
    loads.destination.ledger.rollback("acme", to=acme[1])
    pruned = loads.destination.ledger.prune(keep=2)
    assert [row.load_id for row in pruned] == [acme[2], acme[0]]
    kept = {acme[1], acme[3], acme[4], beta}
    assert held_loads(loads) == dict.fromkeys(TABLES, kept)
    status = {row.load_id: row.status for row in loads.destination.ledger.history()}
    assert {load for load, each in status.items() if each == "pruned"} == {acme[0], acme[2]}
    assert loads.shown() == ["B", "Z"]


def test_bytes_that_were_published_once_are_known_after_pruning(loads: MadeUpLoads) -> None:
    pruned = full_load(loads, "A")
    loads.load({"company": "B"}, file_sha256="b" * 64)
    loads.destination.ledger.prune(keep=1)
    with loads.destination.ledger.claim("acme") as claim:
        assert (row := claim.sent_before("a" * 64)) is not None
        assert (row.load_id, row.status) == (pruned, "pruned")
        assert claim.sent_before("c" * 64) is None
