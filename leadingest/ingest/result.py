"""What came of a source in a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from leadingest.destinations.leads import HiddenLeads
from leadingest.destinations.ledger import DriftNote, RecordCounts
from leadingest.errors import (
    EXIT_DONE,
    EXIT_FINDINGS,
    EXIT_NOTHING_TO_DO,
    DestinationBusyError,
    DestinationError,
    DestinationLockedError,
    DestinationLostError,
    LeadingestError,
    StoreBusyError,
    StoreError,
)
from leadingest.ingest.tally import FaultCount

#: `checked` is what a dry run ends with, `no delivery` a source without a file.
Status = Literal["loaded", "held", "checked", "skipped", "failed", "no delivery"]

NO_RECORDS = RecordCounts(read=0, loaded=0, rejected=0, filtered=0, invalid_values=0)

_EXIT_CODES: dict[Status, int] = {
    "loaded": EXIT_DONE,
    "checked": EXIT_DONE,
    "skipped": EXIT_DONE,
    "held": EXIT_FINDINGS,
    "failed": EXIT_FINDINGS,
    "no delivery": EXIT_NOTHING_TO_DO,
}

#: The errors after which the same delivery may load another time: the database or object storage failed, or another run
#: had the source.
_RETRYABLE = {
    error.__name__
    for error in (
        DestinationError,
        DestinationBusyError,
        DestinationLockedError,
        DestinationLostError,
        StoreError,
        StoreBusyError,
    )
}


@dataclass(frozen=True)
class SourceResult:
    """One line of the table that a run ends with."""

    source: str
    status: Status
    file: str = ""
    load_id: int | None = None
    counts: RecordCounts = NO_RECORDS
    seconds: float = 0.0
    #: Why it ended so, and what to do next; empty where all is well.
    message: str = ""
    hint: str = ""
    #: Headers of the delivery that the mapping neither reads nor ignores.
    new_headers: tuple[str, ...] = ()
    #: Why records were rejected and cells could not be read, the most frequent reason first.
    reject_counts: tuple[FaultCount, ...] = ()
    invalid_value_counts: tuple[FaultCount, ...] = ()
    #: How the rows got into the database: `LOAD DATA on 2 connections`.
    written_by: str = ""
    #: What is worth knowing of how the file was read.
    remarks: tuple[str, ...] = ()
    #: How the delivery differs from what was expected, the worst first; where there is a published load to compare with.
    drift: tuple[DriftNote, ...] = ()
    #: The leads of the load that the view does not show, as others are shown in their place; None where they were not
    #: counted: the load is not published, or too large for that.
    hidden: HiddenLeads | None = None
    #: Earlier loads of the source that were broken off, and whose rows were removed.
    cleared: tuple[int, ...] = ()
    #: How often the load was begun: more than once where the database had broken it off.
    tries: int = 1
    #: The kind of error behind a failure, and the exit code that it, or a check that found something, asks for.
    error: str = ""
    error_code: int | None = None
    #: Whether it failed and could not be kept as a dead letter, though it should have been.
    lost: bool = False

    @property
    def exit_code(self) -> int:
        """What the command ends with if this source is all there is."""
        return _EXIT_CODES[self.status] if self.error_code is None else self.error_code

    @property
    def is_retryable(self) -> bool:
        """Whether it may go through another time: the database or object storage failed, or another run had the source."""
        return self.error in _RETRYABLE

    def held(self, reason: str) -> SourceResult:
        """The result of a load that is kept back for this reason; of a dry run, that it would be."""
        if self.load_id is None:
            return replace(self, message=f"it would be held: {reason}", error_code=EXIT_FINDINGS)
        hint = how_to_approve(self.load_id, rejected=self.counts.rejected)
        return replace(self, status="held", message=reason, hint=hint)


def failed(source: str, file: str, error: LeadingestError) -> SourceResult:
    """The result of a source that the error ended; `file` is "" where none was found."""
    return SourceResult(
        source,
        "failed",
        file,
        message=error.message,
        hint=error.hint,
        error=type(error).__name__,
        error_code=error.exit_code,
    )


def how_to_approve(load_id: int, *, rejected: int) -> str:
    """How to look at the load, and at its rejects if it has some, and how to publish it."""
    rejects = f", `leadingest rejects --load {load_id}` its rejects" if rejected else ""
    return f"`leadingest leads --load {load_id}` shows its rows{rejects}; publish it with: leadingest approve {load_id}"
