"""Why a ledger refuses what is asked of it, in the same words whatever keeps the loads."""

from __future__ import annotations

from collections.abc import Sequence

from leadingest.destinations.ledger import LoadRow, Original
from leadingest.errors import (
    BalanceError,
    DestinationBusyError,
    DestinationError,
    DestinationLostError,
    DestinationSetupError,
    LeadingestError,
    NothingToDoError,
    UsageError,
)

#: Why a load has no rows to look at, by its status.
WITHOUT_ROWS = {
    "running": "is still being loaded",
    "failed": "failed as a whole and has no rows: run its delivery or its dead letter again",
    "pruning": "is being pruned: its rows are being removed",
    "pruned": "was pruned: its rows were removed",
}

#: Characters of an error that are kept with a failed load.
_REASON = 1_000


def busy(source: str, running: Sequence[LoadRow], wait: float) -> DestinationBusyError:
    """Somebody else has the source; `running` are its loads under way, `wait` how many seconds it was waited for."""
    row = next(iter(running), None)
    # A run that has begun no load yet is not in the ledger.
    who = f" by {row.run_by}, since {row.started_at:%H:%M:%S} UTC" if row else ""
    waited = f", which did not finish within {wait:g} seconds" if wait else ""
    return DestinationBusyError(
        f"{source} is being loaded{who}{waited}",
        hint="wait until it has finished, for example with --wait SECONDS",
    )


def is_copied(source: str, original: Original, url: str) -> DestinationSetupError:
    """The loads of the source are copies, and a load or a replay would make them differ."""
    return DestinationSetupError(
        f"the loads of {source} in {url} are copies of those in {original.database}",
        hint="load or replay it there, and copy it again: leadingest mirror",
    )


def has_own_loads(source: str, row: LoadRow, url: str) -> DestinationSetupError:
    """A copy would take the place of what was loaded here."""
    return DestinationSetupError(
        f"{source} was loaded into {url} itself (load {row.load_id}), so it cannot be a mirror of another database",
        hint="mirror into another lake, or leave this source out: name the others with --source",
    )


def copies_another(source: str, original: Original, url: str) -> DestinationSetupError:
    """The copies are of a database that this one is not."""
    return DestinationSetupError(
        f"{source} in {url} is a mirror of another database: {original.database}",
        hint="mirror each database into a lake of its own",
    )


def no_such_load(load_id: int, source: str, url: str) -> UsageError:
    """There is no load of this number, of the source if one is named."""
    of, only = (f" of {source}", f" --source {source}") if source else ("", "")
    return UsageError(f"there is no load {load_id}{of} in {url}", hint=f"leadingest loads{only} lists them")


def refuse_without_rows(row: LoadRow) -> None:
    """Raise UsageError where the rows of the load are not there, so that none of them is not taken for all of them."""
    if why := WITHOUT_ROWS.get(row.status):
        raise UsageError(
            f"load {row.load_id} of {row.source_name} {why}",
            hint=f"leadingest loads --source {row.source_name} lists them",
        )


def not_held(row: LoadRow) -> UsageError:
    """It cannot be approved."""
    state = "is published already" if row.published else f"is {row.status}"
    return UsageError(f"load {row.load_id} {state}: only a held load can be approved")


def not_completed(row: LoadRow) -> UsageError:
    """It cannot be rolled back to."""
    return UsageError(
        f"load {row.load_id} is {row.status}: you can only roll back to a completed load",
        hint=f"leadingest loads --source {row.source_name} lists them",
    )


def nothing_before(source: str) -> NothingToDoError:
    """There is no load to roll back to."""
    return NothingToDoError(
        f"{source} has no load before the published one",
        hint=f"leadingest loads --source {source} lists them",
    )


def not_to_be_replayed(load_id: int, status: str | None) -> UsageError:
    """Its rejects cannot be replaced; `status` is None where it is not there."""
    state = f"is {status}" if status else "is not there"
    return UsageError(f"load {load_id} {state}: only a completed or held load can be replayed")


def lost(load_id: int) -> DestinationLostError:
    """Another run has taken the load over."""
    return DestinationLostError(
        f"lost ownership of load {load_id}: the connection that held the lock was lost, and another run took over",
        hint="this load was not published",
    )


def abandoned(load_id: int) -> DestinationError:
    """It was left without an end."""
    return DestinationError(f"load {load_id} was abandoned before it finished")


def changed_meanwhile(load_id: int) -> BalanceError:
    """The rejects are not those that the replay began with."""
    return BalanceError(
        f"the rejects of load {load_id} changed during the replay",
        hint="nothing was changed; run it again",
    )


def interrupted(run_by: str) -> str:
    """The reason of a load whose process is gone."""
    return f"interrupted: {run_by} is no longer running"


def reason_of(error: BaseException) -> str:
    """What may be told of an error: the words of one that is not our own may quote a cell."""
    if isinstance(error, LeadingestError):
        return error.message.split("\n")[0][:_REASON]
    return "interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__
