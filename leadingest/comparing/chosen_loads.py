"""Which two loads are compared."""

from __future__ import annotations

from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import NothingToDoError, UsageError

#: What keeps a load from being compared, by its status.
_WITHOUT_ROWS = {
    "running": "is still being loaded",
    "failed": "failed: it has no rows",
    "pruning": "is being pruned: its rows are going",
    "pruned": "was pruned: its rows are gone",
}


def chosen_loads(destination: Destination, source: str, asked: tuple[int, int] | None) -> list[LoadRow]:
    """The load before and the load now, and then every earlier load of the source, newest first.

    `asked` names the two; else they are the published load and the one that was loaded before it. Raises UsageError
    where a load that is asked for is none of the source or has no rows, NothingToDoError where there are no two.
    """
    history = destination.history(source=source, limit=None)
    before, now = _named(history, source, asked) if asked else _published_and_before(history, source)
    earlier = [row for row in history if row.load_id < before.load_id and row.load_id != now.load_id]
    return [before, now, *earlier]


def _named(history: list[LoadRow], source: str, asked: tuple[int, int]) -> tuple[LoadRow, LoadRow]:
    before, now = asked
    if before == now:
        raise UsageError(
            f"load {now} cannot be compared with itself", hint="name two loads: leadingest diff 41 44"
        )
    return _with_rows(history, source, before), _with_rows(history, source, now)


def _with_rows(history: list[LoadRow], source: str, load_id: int) -> LoadRow:
    found = next((row for row in history if row.load_id == load_id), None)
    hint = f"leadingest loads --source {source} lists them"
    if not found:
        raise UsageError(f"there is no load {load_id} of {source}", hint=hint)
    if found.status in _WITHOUT_ROWS:
        raise UsageError(f"load {load_id} of {source} {_WITHOUT_ROWS[found.status]}", hint=hint)
    return found


def _published_and_before(history: list[LoadRow], source: str) -> tuple[LoadRow, LoadRow]:
    now = next((row for row in history if row.published), None)
    if not now:
        raise NothingToDoError(
            f"{source} has no published load yet", hint=f"leadingest run --source {source}"
        )
    earlier = [row for row in history if row.load_id < now.load_id]
    before = next((row for row in earlier if row.status == "loaded"), None)
    if not before:
        pruned = [row for row in earlier if row.status in ("pruned", "pruning")]
        why = f": load {pruned[0].load_id} {_WITHOUT_ROWS[pruned[0].status]}" if pruned else ""
        raise NothingToDoError(
            f"there is no load of {source} before the published one, load {now.load_id}, to compare it with{why}",
            hint=f"leadingest loads --source {source} lists what there is",
        )
    return before, now
