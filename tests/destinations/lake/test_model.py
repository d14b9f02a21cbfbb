"""Whatever happens to a lake, in whatever order, it says what SQLite says; SQLite is the model."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from leadingest.destinations.lake import ledgers
from leadingest.destinations.ledger import LoadRow, RecordCounts
from leadingest.errors import LeadingestError
from tests.destinations.lake.watched_store import KilledError, WatchedLoads
from tests.destinations.made_up import MadeUpLoads, invalid_of, leads_of, made_up_table, rejects_of

SOURCES = st.sampled_from(["acme", "beta"])
PHONES = ["+17025550101", "+17025550102", None]
LEADS = st.lists(
    st.fixed_dictionaries({"company": st.sampled_from("ABC"), "phone": st.sampled_from(PHONES)}), max_size=3
)
REJECT = rejects_of((9, 10, "company", "required", "no company", "{}"))


class LakeAndModel(RuleBasedStateMachine):
    """The same is done to both, the numbers of loads apart, which differ after a crash."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.remembered: bytes | None = None
        place = Path(self.folder.name)
        self.table = made_up_table(place)
        self.url = f"lake:///{place / 'lake'}"
        self.lake = WatchedLoads(self.url, self.table)
        self.model = MadeUpLoads(f"sqlite:///{place / 'leads.db'}", self.table)
        for loads in (self.lake, self.model):
            loads.destination.prepare()

    def teardown(self) -> None:
        self.model.destination.close()
        self.folder.cleanup()

    def both(self, act: Callable[[MadeUpLoads], Any]) -> None:
        """Do it to both: they do it, or refuse it with the same error."""
        outcomes = []
        for loads in (self.lake, self.model):
            try:
                act(loads)
                outcomes.append("done")
            except LeadingestError as error:
                outcomes.append(type(error).__name__)
        assert outcomes[0] == outcomes[1]

    @rule(source=SOURCES, leads=LEADS, held=st.booleans(), right=st.booleans(), rejected=st.booleans())
    def load(self, source: str, leads: list[dict[str, Any]], held: bool, right: bool, rejected: bool) -> None:
        rejects = REJECT if rejected else rejects_of()
        number = len(leads)
        counts = RecordCounts(
            read=number + rejects.height + (not right),
            loaded=number,
            rejected=rejects.height,
            filtered=0,
            invalid_values=0,
        )
        why = "to be looked at" if held else ""
        self.both(
            lambda loads: loads.load(*leads, rejects=rejects, counts=counts, held_because=why, source=source)
        )

    @rule(source=SOURCES, leads=LEADS, write=st.integers(1, 9), done=st.booleans())
    def crash(self, source: str, leads: list[dict[str, Any]], write: int, done: bool) -> None:
        process = WatchedLoads(self.url, self.table)
        process.store.die_at(write, done=done)
        with suppress(KilledError):
            process.load(*leads, source=source)
        before = len(history(self.lake, source))
        with self.lake.destination.ledger.claim(source):
            newest = self.lake.destination.ledger.history(source=source, limit=1)
        assert len(history(self.lake, source)) == before
        if before == len(history(self.model, source)):
            return
        # What the model does in its stead: the load that came to its end, or one that breaks off.
        if newest[0].status == "loaded":
            self.model.load(*leads, source=source)
        else:
            with suppress(ZeroDivisionError), self.model.started(source=source):
                raise ZeroDivisionError

    @rule(source=SOURCES)
    def rollback(self, source: str) -> None:
        self.both(lambda loads: loads.destination.ledger.rollback(source))

    @rule(source=SOURCES, place=st.integers(0, 4))
    def rollback_to(self, source: str, place: int) -> None:
        self.both(lambda loads: loads.destination.ledger.rollback(source, to=numbered(loads, source, place)))

    @rule(source=SOURCES, place=st.integers(0, 4))
    def approve(self, source: str, place: int) -> None:
        self.both(lambda loads: loads.destination.ledger.approve(numbered(loads, source, place)))

    @rule(keep=st.integers(1, 3), source=SOURCES | st.none())
    def prune(self, keep: int, source: str | None) -> None:
        self.both(lambda loads: loads.destination.ledger.prune(keep=keep, source=source))

    @rule(source=SOURCES, place=st.integers(0, 4), finished=st.booleans(), filtered=st.booleans())
    def replay(self, source: str, place: int, finished: bool, filtered: bool) -> None:
        def act(loads: MadeUpLoads) -> None:
            load_id = numbered(loads, source, place)
            with loads.destination.ledger.claim(source) as claim, claim.replay(load_id) as replay:
                lead = {"company": "Z", "phone": PHONES[0], "record_number": 9}
                replay.write(
                    instead_of=REJECT,
                    leads=leads_of(loads.table, *([] if filtered else [lead])),
                    rejects=rejects_of(),
                    invalid_values=invalid_of(),
                )
                if finished:
                    replay.finish(filtered=int(filtered))

        self.both(act)

    @rule(source=SOURCES)
    def hidden(self, source: str) -> None:
        answers = []
        for loads in (self.lake, self.model):
            row = loads.destination.ledger.published(source)
            answers.append(loads.destination.leads.hidden(row.load_id) if row else None)
        assert answers[0] == answers[1]

    @rule(act=st.sampled_from(["remember", "put back", "lose", "damage"]))
    def kept_keys(self, act: str) -> None:
        """What is kept of the keys of published leads may be old, lost, or of no use."""
        kept = Path(self.folder.name, "lake", self.table.name, "published_keys.arrow")
        if act == "remember":
            self.remembered = kept.read_bytes() if kept.exists() else None
        elif act == "put back" and self.remembered:
            kept.write_bytes(self.remembered)
        elif act == "damage" and kept.exists():
            kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
        elif act == "lose":
            kept.unlink(missing_ok=True)

    @invariant()
    def same(self) -> None:
        if not hasattr(self, "lake"):
            return
        for source in ("acme", "beta"):
            lake, model = history(self.lake, source), history(self.model, source)
            assert list(map(meaning, lake)) == list(map(meaning, model))
            for mine, theirs in zip(lake, model, strict=True):
                assert rejects_and_leads(self.lake, mine) == rejects_and_leads(self.model, theirs)
        columns = ("company", "source_name", "source_record_number")
        shown = [loads.destination.leads.rows().select(columns).rows() for loads in (self.lake, self.model)]
        assert shown[0] == shown[1]


def history(loads: MadeUpLoads, source: str) -> list[LoadRow]:
    """The loads of the source, oldest first."""
    return loads.destination.ledger.history(source=source, limit=None)[::-1]


def numbered(loads: MadeUpLoads, source: str, place: int) -> int:
    """The number of the load at that place; one that there is not where there are fewer."""
    rows = history(loads, source)
    return rows[place].load_id if place < len(rows) else 9_999


def meaning(row: LoadRow) -> tuple[object, ...]:
    """What is to be the same of two loads. Why one failed differs where it was killed."""
    reason = row.reason if row.status == "held" else ""
    counts = (row.records_read, row.records_loaded, row.records_rejected, row.records_filtered)
    return (row.status, row.published, reason, *counts)


def rejects_and_leads(loads: MadeUpLoads, row: LoadRow) -> tuple[int, int]:
    """How many of each the load has."""
    rejects = sum(frame.height for frame in loads.destination.diagnostics.rejects(row.load_id))
    return rejects, loads.destination.leads.rows(load_id=row.load_id).height


def test_a_lake_says_what_sqlite_says() -> None:
    # Nothing has to survive a crash of the machine here.
    with (
        patch.object(os, "fsync", lambda _: None),
        patch.object(ledgers.Ledgers, "reconcile", lambda *_: None),
    ):
        LakeAndModel.TestCase.settings = settings(max_examples=12, stateful_step_count=12)
        LakeAndModel.TestCase("runTest").runTest()
