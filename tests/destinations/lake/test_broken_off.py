"""A process that is killed at any write of a lake: what readers see is the old state or the new one, and the next claim clears up."""

from __future__ import annotations

from contextlib import suppress

import pytest

from leadingest.destinations.lake import removal
from leadingest.destinations.lake.state import FORMAT, SourceLedger, parsed
from leadingest.tables.load_table import LoadTable
from tests.destinations.acts import ACTS, Acts, is_whole
from tests.destinations.exports import handed_out, mark
from tests.destinations.lake.watched_store import KilledError, WatchedLoads, files_beside_ledgers
from tests.destinations.made_up import MadeUpLoads
from tests.lake_tables import folder_of


@pytest.fixture
def loads(lake_url: str, table: LoadTable) -> MadeUpLoads:
    """Loads into an empty lake that is ready."""
    made_up = MadeUpLoads(lake_url, table)
    made_up.destination.prepare()
    return made_up


def named_files(url: str) -> set[str]:
    """The files that the ledgers name, those included that are kept for running queries."""
    states = (
        parsed(SourceLedger, path.read_bytes(), str(path))
        for path in folder_of(url).glob("made_up/ledger/*.json")
    )
    return {key for state in states for key in state.keys()}


def state(acts: Acts) -> tuple[list[str], list[tuple[str, bool, int]], list[int]]:
    """What readers see of the source."""
    rows = [row for row in acts.history() if row.status not in ("running", "failed")]
    rejects = [
        sum(frame.height for frame in acts.loads.destination.diagnostics.rejects(row.load_id)) for row in rows
    ]
    return (
        acts.loads.shown(source=acts.source),
        [(row.status, row.published, row.records_loaded) for row in rows],
        rejects,
    )


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("act", ACTS)
def test_killed_at_any_write_it_is_the_old_state_or_the_new_one(
    loads: MadeUpLoads, table: LoadTable, act: str, done: bool
) -> None:
    whole = Acts(loads, "whole")
    whole.set_up()
    old = state(whole)
    getattr(whole, act)()
    new = state(whole)
    assert old != new
    for write in range(1, 100):
        acts = Acts(loads, f"killed at {write}")
        acts.set_up()
        process = WatchedLoads(loads.url, table)
        process.store.die_at(write, done=done)
        survived = False
        with suppress(KilledError):
            getattr(Acts(process, acts.source), act)()
            survived = True
        assert state(acts) in (old, new)
        with loads.destination.ledger.claim(acts.source):
            is_whole(acts)
            assert "running" not in {row.status for row in acts.history()}
            assert files_beside_ledgers(loads.url) == named_files(loads.url)
        if survived:
            assert state(acts) == new
            assert write > 1
            return
    raise AssertionError("it never ends")


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_killed_while_it_clears_up_the_next_one_does(
    loads: MadeUpLoads, table: LoadTable, done: bool
) -> None:
    for write in range(1, 20):
        acts = Acts(loads, f"killed at {write}")
        first, second = WatchedLoads(loads.url, table), WatchedLoads(loads.url, table)
        # Its rows are there, and the ledger does not name them yet.
        first.store.die_at(4, done=True)
        with suppress(KilledError):
            Acts(first, acts.source).publish()
        second.store.die_at(write, done=done)
        survived = False
        with suppress(KilledError), second.destination.ledger.claim(acts.source):
            survived = True
        with loads.destination.ledger.claim(acts.source):
            assert [row.status for row in acts.history()] == ["failed"]
            assert files_beside_ledgers(loads.url) == set()
        if survived:
            return
    raise AssertionError("it never ends")


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_an_export_that_is_killed_is_marked_or_not(
    loads: MadeUpLoads, table: LoadTable, done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "KEPT_FOR", removal.KEPT_FOR * 0)
    for write in range(1, 20):
        name = f"killed at {write}"
        mark(loads, {"a": "1"}, name=name)
        process = WatchedLoads(loads.url, table)
        process.store.die_at(write, done=done)
        survived = False
        with suppress(KilledError):
            mark(process, {"b": "1"}, name=name)
            survived = True
        assert handed_out(loads, name) in ({"a": "1"}, {"a": "1", "b": "1"})
        mark(loads, {"c": "1"}, name=name, anew=True)
        assert handed_out(loads, name) == {"c": "1"}
        if survived:
            return
    raise AssertionError("it never ends")


def test_a_ledger_says_by_which_format_it_is_written(loads: MadeUpLoads) -> None:
    loads.load({"company": "A"})
    path = folder_of(loads.url) / "made_up/ledger/acme.json"
    assert parsed(SourceLedger, path.read_bytes(), str(path)).format == FORMAT
