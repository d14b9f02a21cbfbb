"""What a run is asked for, and what it keeps of the deliveries that it has worked on: those that failed, and those that it loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.extract_time import extract_time
from leadingest.deliveries.inboxes.inbox import Inbox
from leadingest.deliveries.inboxes.open_inbox import open_inbox
from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetter, DeadLetters, DeliveryFailure
from leadingest.errors import DeliveryError, DestinationError, LeadingestError, StoreError, in_words
from leadingest.ingest.mapping_index import shown_path
from leadingest.ingest.ranges.range_job import RangeMapper
from leadingest.ingest.ranges.range_processes import RangeProcesses
from leadingest.mapping.models import Mapping
from leadingest.stores.location import Location
from leadingest.stores.open_store import open_store


@dataclass(frozen=True)
class RunOptions:
    """Where deliveries come from and where leads go to. It is of one run: the inbox is listed once."""

    inbox: Location
    #: URL of the database or lake; None for a dry run that is compared with nothing.
    database_url: str | None
    #: A file to load instead of the newest one in the inbox.
    file: Location | None = None
    #: Load a delivery even if it was loaded under the same mapping before.
    again: bool = False
    #: Seconds to wait for another run of the same source.
    wait: float = 0
    #: Sources at a time; None for what suits machine and database. Of one source alone, processes for a large file.
    jobs: int | None = None
    #: What maps a large file in ranges, instead of processes.
    ranges: RangeMapper | None = None
    #: Where deliveries are kept that failed, and that were loaded; None for nowhere.
    dead_letters: Location | None = None
    archive: Location | None = None
    #: Read, map and check everything, compare it with what is published, and write nothing anywhere.
    dry_run: bool = False
    #: Seconds before each further try of a load that the database has broken off.
    pauses: Sequence[float] = (1, 2, 4, 8, 16)

    @property
    def dry(self) -> bool:
        """Whether nothing is to be written anywhere."""
        return self.dry_run or self.database_url is None

    def mapper(self, sources: int) -> RangeMapper | None:
        """What maps a large file in ranges, in a run of so many sources; None where each is mapped in this process."""
        processes = RangeProcesses(self.jobs) if sources == 1 and self.jobs and self.jobs > 1 else None
        return self.ranges or processes

    @cached_property
    def opened_inbox(self) -> Inbox:
        """The inbox. Raises ConfigurationError where it cannot be opened."""
        return open_inbox(self.inbox)

    @cached_property
    def kept(self) -> KeptDeliveries:
        """What is kept of deliveries: nothing in a dry run."""
        if self.dry:
            return KeptDeliveries()
        return KeptDeliveries(
            DeadLetters(open_store(self.dead_letters)) if self.dead_letters else None,
            Archive(open_store(self.archive)) if self.archive else None,
        )


class KeptFailure(NamedTuple):
    """What is to be said of a delivery that failed; `lost` if it should be a dead letter, and could not be kept."""

    remarks: tuple[str, ...] = ()
    lost: bool = False


@dataclass(frozen=True)
class KeptDeliveries:
    """Where a run keeps deliveries; None where it keeps none.

    What cannot be kept spoils no run: it is told in a line, which is all that these methods give back.
    """

    dead_letters: DeadLetters | None = None
    archive: Archive | None = None

    def failed(
        self, source: str, delivery: Delivery, error: LeadingestError, *, path: Path, digest: str
    ) -> KeptFailure:
        """Keep a delivery that could not be loaded, unless it is the fault of the database or of object storage.

        `path` is the file of the source's mapping, and `digest` the hash of what it says; "" where it cannot be read.
        """
        if self.dead_letters is None or isinstance(error, DestinationError | StoreError):
            return KeptFailure()
        failure = DeliveryFailure(
            error=type(error).__name__,
            reason=error.message,
            line=error.line if isinstance(error, DeliveryError) else None,
            mapping=shown_path(path),
            mapping_hash=digest,
        )
        letters, kept = self.dead_letters, list[DeadLetter]()

        def keep() -> str:
            letter = letters.keep(source, delivery, failure, now=datetime.now(UTC))
            kept.append(letter)
            tries = f", failed {letter.tries} times" if letter.tries > 1 else ""
            again = f"leadingest replay --source {source} --dead-letters"
            return f"kept as {shown_path(letter.copy)}{tries}; after fixing the cause: {again}"

        remarks = _remarks(keep, "it could not be kept as a dead letter")
        return KeptFailure(remarks, lost=not kept)

    def loaded(self, mapping: Mapping, delivery: Delivery) -> tuple[str, ...]:
        """Archive a delivery that was loaded, now or before; then it is a dead letter no more."""
        archive, letters = self.archive, self.dead_letters

        def keep() -> str:
            if archive:
                archive.keep(mapping.source, delivery, made=extract_time(delivery, mapping.delivery))
            # Not before it is archived: the dead letter may be the only copy that there is.
            if letters:
                letters.remove(mapping.source, delivery.sha256)
            return ""

        return _remarks(keep, "it is loaded, but could not be archived")

    def joined(self, source: str, corrected: Delivery, *, made: datetime) -> tuple[str, ...]:
        """Archive a file of corrected rejects beside the delivery that it joined, which was `made` then."""
        archive = self.archive

        def keep() -> str:
            if archive:
                archive.keep(source, corrected, made=made)
            return ""

        return _remarks(keep, "it was added to its load, but could not be archived")


def _remarks(keep: Callable[[], str], trouble: str) -> tuple[str, ...]:
    try:
        message = keep()
    except BaseException as error:
        return (f"{trouble}: {in_words(error).message}",)
    return (message,) if message else ()
