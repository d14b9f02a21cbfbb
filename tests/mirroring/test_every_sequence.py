"""Whatever is done to the loads of a database, in whatever order, a mirror shows what its view shows, and is then left alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from leadingest.destinations.lake import ledgers
from leadingest.errors import LeadingestError
from tests.destinations.lake.watched_store import KilledError
from tests.destinations.made_up import MadeUpLoads, made_up_table
from tests.mirroring.made_up_mirror import MadeUpMirror, loaded, replayed

SOURCES = st.sampled_from(["acme", "beta"])
PLACES = st.integers(0, 5)


class DatabaseAndMirror(RuleBasedStateMachine):
    """A SQLite database, whose loads are changed at random, and its mirror."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        place = Path(self.folder.name)
        self.database = MadeUpLoads(f"sqlite:///{place / 'leads.db'}", made_up_table(place))
        self.database.destination.prepare()
        self.mirror = MadeUpMirror(self.database, f"lake:///{place / 'mirror'}")

    def teardown(self) -> None:
        self.database.destination.close()
        self.folder.cleanup()

    @rule(source=SOURCES, company=st.sampled_from("AB"), held=st.booleans())
    def load(self, source: str, company: str, held: bool) -> None:
        loaded(self.database, source, company, held_because="to be looked at" if held else "")

    @rule(source=SOURCES, place=PLACES)
    def rollback(self, source: str, place: int) -> None:
        self.changed(source, place, lambda load: self.database.destination.ledger.rollback(source, to=load))

    @rule(source=SOURCES, place=PLACES)
    def approve(self, source: str, place: int) -> None:
        self.changed(source, place, self.database.destination.ledger.approve)

    @rule(source=SOURCES, place=PLACES)
    def replay(self, source: str, place: int) -> None:
        self.changed(source, place, lambda load: replayed(self.database, load, source))

    @rule(keep=st.integers(1, 2), source=SOURCES | st.none())
    def prune(self, keep: int, source: str | None) -> None:
        self.database.destination.ledger.prune(keep=keep, source=source)

    @rule(keep=st.integers(1, 2))
    def prune_the_mirror(self, keep: int) -> None:
        self.mirror.lake.destination.ledger.prune(keep=keep)

    @rule(write=st.integers(1, 20), done=st.booleans())
    def kill(self, write: int, done: bool) -> None:
        killed = MadeUpMirror(self.database, self.mirror.lake_url)
        killed.lake.store.die_at(write, done=done)
        with suppress(KilledError):
            killed.update()

    @rule()
    def follow(self) -> None:
        assert "failed" not in self.mirror.statuses()
        assert self.mirror.same_leads()
        assert self.mirror.writes_nothing()
        rows = [loads.destination.ledger.history(limit=None) for loads in (self.database, self.mirror.lake)]
        there, here = ({row.load_id: row for row in side} for side in rows)
        assert {number for number, row in here.items() if row.published} == {
            number for number, row in there.items() if row.published
        }
        assert all(here[number].status == "pruned" for number in here if there[number].status == "pruned")

    def changed(self, source: str, place: int, change: Callable[[int], object]) -> None:
        """Do it to the load at that place, where there is one that allows it."""
        loads = self.database.destination.ledger.history(source=source, limit=None)
        with suppress(LeadingestError):
            change(loads[place].load_id if place < len(loads) else 9_999)


def test_a_mirror_follows() -> None:
    # Nothing has to survive a crash of the machine here; what other engines see is tried elsewhere.
    with (
        patch.object(os, "fsync", lambda _: None),
        patch.object(ledgers.Ledgers, "reconcile", lambda *_: True),
    ):
        DatabaseAndMirror.TestCase.settings = settings(max_examples=12, stateful_step_count=12)
        DatabaseAndMirror.TestCase("runTest").runTest()
