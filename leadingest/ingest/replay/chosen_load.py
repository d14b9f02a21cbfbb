"""The load that a replay is about."""

from __future__ import annotations

from leadingest.destinations.ledger import Ledger, LoadRow
from leadingest.errors import NothingToDoError, UsageError


def chosen_load(ledger: Ledger, source: str, load_id: int | None) -> LoadRow:
    """The load with this number, or the published one. Raises UsageError or NothingToDoError where there is none."""
    if load_id is None:
        published = ledger.published(source)
        if published is None:
            raise NothingToDoError(
                f"no load of {source} is published",
                hint=f"name one with --load; leadingest loads --source {source} lists them",
            )
        return published
    load = ledger.load(load_id)
    if load.source_name != source:
        raise UsageError(
            f"load {load_id} belongs to {load.source_name}, not to {source}",
            hint=f"leadingest loads --source {source} lists those of {source}",
        )
    return load


def refuse_without_rows(load: LoadRow) -> None:
    """Raise UsageError where there are no rows of the load in the database."""
    why = {
        "running": "is still running: wait until it has finished",
        "failed": "failed as a whole and has no rejects: run its delivery or its dead letter again",
        "pruning": "is being removed by `leadingest prune`",
        "pruned": "was removed by `leadingest prune`",
    }.get(load.status)
    if why:
        raise UsageError(
            f"load {load.load_id} of {load.source_name} {why}",
            hint=f"leadingest loads --source {load.source_name} lists what there is",
        )
