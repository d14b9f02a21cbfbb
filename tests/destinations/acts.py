"""What changes the loads of a source, and who comes between."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread, current_thread
from typing import Any

import sqlalchemy as sa

from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.sql.dialects.dialect import WRITING
from leadingest.errors import LeadingestError
from tests.destinations.made_up import MadeUpLoads, invalid_of, leads_of, rejects_of
from tests.loaded_tables import read
from tests.sql_databases import sql_database


def two_leads(loads: MadeUpLoads, source: str, **how: Any) -> int:
    return loads.load(
        {"company": "A"},
        {"company": "B"},
        rejects=rejects_of((3, 4, None, "x", "x", "x")),
        source=source,
        **how,
    )


class Acts:
    """What changes the loads of a source; of its three loads the second is held and the last is published."""

    def __init__(self, loads: MadeUpLoads, source: str) -> None:
        self.loads, self.source = loads, source

    def set_up(self) -> None:
        """Make the three loads."""
        for held in ("", "to be looked at", ""):
            two_leads(self.loads, self.source, held_because=held)

    def history(self) -> list[LoadRow]:
        """The loads, oldest first."""
        return self.loads.destination.ledger.history(source=self.source)[::-1]

    def publish(self) -> None:
        """Another load."""
        two_leads(self.loads, self.source)

    def rollback(self) -> None:
        """To the first load."""
        self.loads.destination.ledger.rollback(self.source, to=self.history()[0].load_id)

    def approve(self) -> None:
        """The held load."""
        self.loads.destination.ledger.approve(self.history()[1].load_id)

    def prune(self) -> None:
        """All but the newest load."""
        self.loads.destination.ledger.prune(keep=1, source=self.source)

    def replay(self) -> None:
        """The reject of the first load becomes a lead."""
        first = self.history()[0].load_id
        with self.loads.destination.ledger.claim(self.source) as claim, claim.replay(first) as replay:
            # None where somebody else has done it.
            for rejects in self.loads.destination.diagnostics.rejects(first):
                lead = leads_of(self.loads.table, {"company": "C", "record_number": 3})
                replay.write(
                    instead_of=rejects, leads=lead, rejects=rejects_of(), invalid_values=invalid_of()
                )
            replay.finish(filtered=0)


ACTS = ("publish", "rollback", "approve", "prune", "replay")


def begins_and_commits(act: Callable[[], None]) -> list[str]:
    """What `act` does when nobody is in its way: `begin`, `commit`, and `lock` where it locks the source."""
    seen: list[str] = []
    with (
        listening("begin", lambda _: seen.append("begin")),
        listening("commit", lambda _: seen.append("commit")),
        listening(
            "before_cursor_execute",
            lambda *arguments: seen.append("lock") if "INTO published_loads" in arguments[2] else None,
        ),
    ):
        act()
    return seen


@contextmanager
def listening(moment: str, hear: Callable[..., None]) -> Iterator[None]:
    """Be told of an event of every connection for as long as the block lasts."""
    sa.event.listen(sa.Engine, moment, hear)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, moment, hear)


@contextmanager
def interrupted(moment: str, number: int, come_between: Callable[[], None]) -> Iterator[None]:
    """Call `come_between` once within the block: at the begin, or before the commit, of this number."""
    left = itertools.count(number, -1)

    def hear(_connection: sa.Connection) -> None:
        if next(left) == 1:
            come_between()

    with listening(moment, hear):
        yield


class Another:
    """Somebody who acts at the same time; `refused` where the database or the loads did not allow it."""

    def __init__(self, url: str, act: Callable[[], None]) -> None:
        self._url, self._act = url, act
        self._thread = Thread(target=self.act)
        self._begins = Event()
        self.refused = False

    def act(self) -> None:
        """Act, and come back when it is done."""
        try:
            self._act()
        except LeadingestError:
            self.refused = True
        finally:
            self._begins.set()

    def act_until_it_waits(self) -> None:
        """Come back when it is done, or waits for somebody else's transaction."""
        with listening("begin", self._hear):
            self._thread.start()
            self._begins.wait()
        database = sql_database(self._url)
        while self._thread.is_alive() and not database.waits_for_a_lock():
            pass

    def wait(self) -> None:
        """Until it is done."""
        if self._thread.ident:
            self._thread.join()

    def _hear(self, connection: sa.Connection) -> None:
        if current_thread() is self._thread and connection.get_execution_options().get(WRITING):
            self._begins.set()


def without_waiting(url: str) -> str:
    """The same database, for one who takes no for an answer where a lock is in the way."""
    impatient = sa.make_url(url).update_query_dict(sql_database(url).impatient)
    return impatient.render_as_string(hide_password=False)


def is_whole(acts: Acts) -> None:
    """What is published is there, and so is every load that the ledger says is there."""
    leads, rejects = (
        {
            row["load_id"]: row["n"]
            for row in read(acts.loads.url, f"SELECT load_id, COUNT(*) AS n FROM {table} GROUP BY load_id")
        }
        for table in ("made_up", "load_rejects")
    )
    history = acts.history()
    assert [row.status for row in history if row.published] == ["loaded"]
    for row in history:
        there = row.status in ("loaded", "held")
        assert leads.get(row.load_id, 0) == (row.records_loaded if there else 0)
        assert rejects.get(row.load_id, 0) == (row.records_rejected if there else 0)
