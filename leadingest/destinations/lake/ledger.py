"""The ledger of a lake: an object for each source, and whoever changes it last is right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from leadingest.destinations.lake.claim import claimed
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.removal import prune
from leadingest.destinations.lake.state import SourceLedger
from leadingest.destinations.ledger import Claim, CorrectedFileRow, LoadRow
from leadingest.destinations.provenance import aware, now
from leadingest.destinations.refusals import (
    is_copied,
    no_such_load,
    not_completed,
    not_held,
    nothing_before,
)


class LakeLedger:
    """The loads into one load table."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    @contextmanager
    def claim(self, source: str, *, wait: float = 0) -> Iterator[Claim]:
        """The source, for as long as the block lasts."""
        with claimed(self._lake, source, wait=wait) as claim:
            if original := self._lake.ledgers.read(source).original:
                raise is_copied(source, original, self._lake.files.url)
            yield claim

    def load(self, load_id: int) -> LoadRow:
        """The load with this number."""
        return self._existing(load_id)

    def history(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first."""
        rows = [state.row_of(entry) for state in self._lake.ledgers.of(source) for entry in state.loads]
        return _newest_first(rows)[:limit]

    def corrected_files(self, load_id: int) -> list[CorrectedFileRow]:
        """The corrected files that have joined the load, the first one first."""
        found = self._lake.found(load_id)
        return found[1].corrected_rows() if found else []

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end."""
        return self._lake.ledgers.read(source).newest("loaded", "held")

    def newest_of_each(self, number: int) -> list[LoadRow]:
        """The newest so many loads of every source, and its published one, newest first."""
        rows = []
        for state in self._lake.ledgers.all():
            of_source = [state.row_of(entry) for entry in state.newest_first()]
            rows += [row for place, row in enumerate(of_source) if place < number or row.published]
        return _newest_first(rows)

    def published(self, source: str) -> LoadRow | None:
        """The load of the source whose leads are shown."""
        return self._lake.ledgers.read(source).published_row

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once."""
        return self._lake.ledgers.read(source).sent_before(sha256)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held."""
        source = self._existing(load_id).source_name

        def approved(state: SourceLedger) -> SourceLedger:
            entry = state.entry(load_id)
            if entry is None or entry.status != "held":
                raise not_held(self._existing(load_id))
            return state.with_entry(entry.changed(status="loaded", reason="")).publish(load_id, _now())

        return self._told(self._lake.ledgers.change(source, approved), load_id)

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source: `to`, or the one before the published one."""

        def rolled_back(state: SourceLedger) -> SourceLedger:
            load_id = _before(state) if to is None else to
            entry = state.entry(load_id)
            if entry is None:
                raise no_such_load(load_id, source, self._lake.files.url)
            if entry.status != "loaded":
                raise not_completed(state.row_of(entry))
            return state.publish(load_id, _now()) if state.published != load_id else state

        state = self._lake.ledgers.change(source, rolled_back)
        return self._told(state, state.published if to is None else to)

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of all but the newest `keep` finished loads of each source; the loads whose rows are gone."""
        return prune(self._lake, keep=keep, source=source)

    def _existing(self, load_id: int) -> LoadRow:
        found = self._lake.found(load_id)
        if found is None:
            raise no_such_load(load_id, "", self._lake.files.url)
        state, entry = found
        return state.row_of(entry)

    def _told(self, state: SourceLedger, load_id: int | None) -> LoadRow:
        row = state.row(state.entry(load_id))
        assert row is not None  # noqa: S101  # it was just changed
        return row


def _before(state: SourceLedger) -> int:
    """The finished load before the published one."""
    earlier = (each for each in state.newest_first("loaded") if each.load_id < (state.published or 0))
    found = next(earlier, None)
    if found is None:
        raise nothing_before(state.source_name)
    return found.load_id


def _now() -> datetime:
    return aware(now())


def _newest_first(rows: list[LoadRow]) -> list[LoadRow]:
    return sorted(rows, key=lambda row: -row.load_id)
