"""What became of the rejects of a load that were replayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from leadingest.destinations.diagnostics import RejectGroup
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS
from leadingest.ingest.tally import FaultCount

#: `tried` is what a dry run ends with; `refused` are leads that only a load which is held may get.
Status = Literal["replayed", "tried", "refused"]


@dataclass(frozen=True)
class ReasonChange:
    """How many rejects a load has for one reason, before and after; no field where records cannot be read."""

    field: str | None
    rule: str
    before: int
    after: int


@dataclass(frozen=True)
class StillRefused:
    """A record of a corrected file that is still rejected; no number and no field where it cannot be read."""

    #: The line of the file.
    line: int
    record_number: int | None
    field: str | None
    rule: str
    message: str


@dataclass(frozen=True)
class CorrectedRecords:
    """The file that the records stood in: what it has, and what of it did not become leads."""

    file: str
    records: int
    #: Records that are no rejects of the load any more, and were left alone.
    settled: int
    #: Records that are still rejected, and the first of them by line.
    refused: int
    examples: tuple[StillRefused, ...]


@dataclass(frozen=True)
class ReplayedRejects:
    """What became of the rejects of a load."""

    load: LoadRow
    status: Status
    rejects: int
    loaded: int
    filtered: int
    #: Blanked cells of the leads that were loaded.
    invalid_values: int
    reasons: tuple[ReasonChange, ...]
    #: Those of them for which a load is to be held.
    holding: int = 0
    #: The file that they were corrected in, if it was not the mapping that was corrected.
    corrected: CorrectedRecords | None = None
    #: What could not be done beside it: the file that was not archived, and why.
    remarks: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """How many rejects there are now."""
        return self.rejects - self.loaded - self.filtered

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return EXIT_FINDINGS if self.status == "refused" else EXIT_DONE


def reason_changes(before: Sequence[RejectGroup], after: Sequence[FaultCount]) -> tuple[ReasonChange, ...]:
    """The most frequent reason first, as it was before; then those that are new."""
    was = {(each.field, each.rule): each.count for each in before}
    now = {(each.field, each.rule): each.count for each in after}
    return tuple(
        ReasonChange(field, rule, was.get((field, rule), 0), now.get((field, rule), 0))
        for field, rule in [*was, *(reason for reason in now if reason not in was)]
    )
