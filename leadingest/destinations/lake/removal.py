"""What is taken away from a lake: never what it did not write, nor what a running query may still read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.lake.state import LoadEntry, SourceLedger
from leadingest.destinations.ledger import LoadRow, to_prune
from leadingest.destinations.provenance import aware, now

#: How long a file that nothing names any more is kept, for queries that had begun before.
KEPT_FOR: Final = timedelta(days=1)


def prune(lake: Lake, *, keep: int, source: str | None) -> list[LoadRow]:
    """Take the rows of old loads out of the ledger, and away once no query can be at them; the loads that lost them."""
    pruned: list[LoadRow] = []
    for state in lake.ledgers.of(source):
        pruned += _pruned(lake, state.source_name, keep)
        remove_retired(lake, state.source_name)
        _remove_strays(lake, state.source_name)
    return sorted(pruned, key=lambda row: -row.load_id)


def remove_retired(lake: Lake, source: str) -> None:
    """Take away the files of the source whose time is over."""
    over = {each.key for each in lake.ledgers.read(source).retired if is_over(each.since)}
    # Where engines cannot be told what is published, they may still be shown these.
    if not over or not lake.ledgers.reconcile(source):
        return
    lake.files.delete(sorted(over))

    def without(state: SourceLedger) -> SourceLedger:
        return state.changed(retired=tuple(each for each in state.retired if each.key not in over))

    lake.ledgers.change(source, without)


def _pruned(lake: Lake, source: str, keep: int) -> list[LoadRow]:
    """Take the rows of the source's old loads out of its ledger, all of them at once."""
    rows: list[LoadRow] = []

    def without(state: SourceLedger) -> SourceLedger:
        finished = [state.row_of(entry) for entry in state.newest_first("loaded", "held")]
        rows[:] = to_prune(finished, keep)
        return without_rows_of(lake, state, [row.load_id for row in rows])

    lake.ledgers.change(source, without)
    return rows


def without_rows_of(lake: Lake, state: SourceLedger, load_ids: Iterable[int]) -> SourceLedger:
    """The state in which these loads have lost their rows, which are taken away once no query can be at them."""
    kinds, at = {kind.name for kind in lake.kinds}, aware(now())
    for entry in filter(None, map(state.entry, load_ids)):
        gone = {file.key for name, file in entry.files.items() if name in kinds}
        gone |= state.published_once(entry.load_id)
        stay = {name: file for name, file in entry.files.items() if name not in kinds}
        state = state.with_entry(entry.changed(status="pruned", files=stay)).with_retired(gone, at)
    return state


def _remove_strays(lake: Lake, source: str) -> None:
    """Take away files of our own that no ledger names: whoever wrote them had lost the source by then."""
    strays = [
        each
        for kind in lake.kinds
        for each in lake.files.listed(lake.layout.folder(kind.name, source))
        if is_over(each.changed)
    ]
    # Read behind the listing: what it does not name now is of no load that has ended since.
    state = lake.ledgers.read(source)
    named = state.keys()

    def is_stray(key: str) -> bool:
        load_ids = {lake.layout.load_of(key, kind.name, source) for kind in lake.kinds} - {None}
        entries = (state.entry(load_id) for load_id in load_ids)
        return key not in named and any(entry and not _is_at_work(state, entry) for entry in entries)

    lake.files.delete([each.key for each in strays if is_stray(each.key)])


def _is_at_work(state: SourceLedger, entry: LoadEntry) -> bool:
    replayed = state.replaying.load_id if state.replaying else None
    return entry.status == "running" or entry.load_id == replayed


def is_over(since: datetime) -> bool:
    """Whether no query that began before then can still be at it."""
    return aware(now()) - since >= KEPT_FOR
