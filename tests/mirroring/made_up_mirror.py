"""A database of made-up loads and a lake that mirrors it, which counts what is written into it."""

from __future__ import annotations

from typing import Any

import polars as pl

from leadingest.destinations.ledger import LoadRow
from leadingest.mirroring.mirror_loads import LoadMirror
from leadingest.mirroring.mirrored_source import MirroredSource
from tests.destinations.lake.watched_store import WatchedLoads
from tests.destinations.made_up import DRIFT, MadeUpLoads, invalid_of, leads_of, rejects_of
from tests.lake_tables import folder_of

REJECT = (9, 10, "company", "required", "no company", "{}")
PHONES = ["+17025550101", "+17025550102", None]


class MadeUpMirror:
    """Two of them, as two processes, may be of one database and one lake."""

    def __init__(self, database: MadeUpLoads, lake_url: str, *, url: str = "") -> None:
        self.database, self.lake_url = database, lake_url
        #: How the database is called; without a name of its own, by its URL.
        self.url = url or database.url
        self.lake = WatchedLoads(lake_url, database.table)
        self.lake.destination.prepare()

    def update(self, *sources: str, **how: Any) -> list[MirroredSource]:
        """Bring it up to date."""
        copies = self.lake.destination.copies
        mirror = LoadMirror("made_up", self.database.destination, copies, self.url, self.lake_url)
        return mirror.update(sources, **how)

    def statuses(self, *sources: str, **how: Any) -> list[str]:
        """What became of each source."""
        return [each.status for each in self.update(*sources, **how)]

    def writes_nothing(self) -> bool:
        """Whether another update leaves the lake as it is: no write reaches its store, and nothing is otherwise there."""
        before, files = self.lake.store.writes, self.files()
        assert set(self.statuses()) <= {"unchanged"}
        return (self.lake.store.writes, self.files()) == (before, files)

    def files(self) -> dict[str, int]:
        """Everything in the lake, the log of the Delta table included, with when it was written."""
        files = (path for path in folder_of(self.lake_url).rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime_ns for path in files}

    def same_leads(self) -> bool:
        """Whether both sides show the same leads, the numbers of their loads apart."""
        mine, theirs = shown(self.lake), shown(self.database)
        return mine.equals(theirs)


def shown(loads: MadeUpLoads) -> pl.DataFrame:
    """The leads as they are shown, in all columns but the number of their load."""
    columns = [name for name in loads.destination.leads.types() if name != "load_id"]
    with loads.destination.leads.published() as published:
        return pl.concat(list(published.batches(columns)))


def loaded(loads: MadeUpLoads, source: str = "acme", company: str = "Oak", **how: Any) -> int:
    """A load with rows of every kind."""
    leads = [{"company": f"{company} {number}", "phone": phone} for number, phone in enumerate(PHONES)]
    return loads.load(
        *leads,
        rejects=rejects_of(REJECT),
        invalid_values=invalid_of((1, "phone", "Phone", "phone", "?"), (1, "rate", "Rate", "decimal", "x")),
        drift=[DRIFT],
        source=source,
        **how,
    )


def replayed(loads: MadeUpLoads, load_id: int, source: str = "acme") -> None:
    """The reject of the load becomes a lead."""
    with loads.destination.ledger.claim(source) as claim, claim.replay(load_id) as replay:
        lead = leads_of(loads.table, {"company": "Elm", "phone": PHONES[0], "record_number": 9})
        replay.write(
            instead_of=rejects_of(REJECT), leads=lead, rejects=rejects_of(), invalid_values=invalid_of()
        )
        replay.finish(filtered=0)


def known(load: LoadRow) -> dict[str, Any]:
    """All that a ledger says of a load, but of which one it is a copy."""
    return {**vars(load), "original": None}
