"""One message of a queue, done: its files are loaded by the same run as those of a folder.

    loaded, held, skipped   the message may go
    failed                  for the file or its mapping; it is a dead letter, and the message may go
    transient               the source is busy, the database lost, object storage throttled: it comes back
    poison                  nobody can do it: no message that we know, no source that takes it, a fault of the program;
                            it comes back until the queue puts it aside

Whatever ends the program before the message has gone, the message comes again. Then what was loaded is skipped, and
what was not is loaded: nothing is loaded twice, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, Self

from leadingest.cloud.messages import DroppedFile, dropped_files
from leadingest.cloud.objects import opened_drop
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.inboxes.inbox import is_hidden_or_unfinished
from leadingest.deliveries.inboxes.takers import Takers
from leadingest.destinations.lake_url import lake_location
from leadingest.destinations.shown_url import shown_url
from leadingest.errors import (
    BalanceError,
    DeliveryReplacedError,
    DestinationError,
    DestinationSetupError,
    MessageError,
    QueueError,
    StoreError,
    StoreSetupError,
    UnexpectedError,
    in_words,
)
from leadingest.ingest.concurrency import Stop
from leadingest.ingest.current_mappings import CurrentMappings
from leadingest.ingest.events import Events
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.opened_destinations import CannotUseDatabaseError, OpenedDestinations
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import SourceRun, sensible_jobs
from leadingest.mirroring.mirror_loads import mirror_loads
from leadingest.mirroring.mirrored_source import MirroredSource
from leadingest.project import Project
from leadingest.project.lineage import ToldLineage, lineage_told
from leadingest.project.notifier import Notifier
from leadingest.stores.location import ObjectUrl, as_location

Outcome = Literal["loaded", "skipped", "held", "failed", "transient", "poison"]

#: From the best to the worst: a message is as its worst file.
_OUTCOMES: Final[tuple[Outcome, ...]] = ("skipped", "loaded", "held", "failed", "transient", "poison")
#: Errors after which the same message may go through another time.
_TRANSIENT: Final = (DestinationError, StoreError, QueueError)
#: What is set up wrong for all files, as a result names it.
_SETUPS: Final = {DestinationSetupError.__name__, StoreSetupError.__name__}
#: Faults of the program, or of the machine that it runs on, as a result names them.
_FAULTS: Final = {UnexpectedError.__name__, BalanceError.__name__}


@dataclass(frozen=True)
class HandledFile:
    """What became of one file of a message, and why it ended so."""

    outcome: Outcome
    url: str = ""
    source: str = ""
    reason: str = ""
    result: SourceResult | None = None


@dataclass(frozen=True)
class Handled:
    """What became of a message."""

    files: tuple[HandledFile, ...]

    @property
    def outcome(self) -> Outcome:
        """That of its worst file; `skipped` where it asks for none."""
        return max((file.outcome for file in self.files), key=_OUTCOMES.index, default="skipped")

    @property
    def comes_back(self) -> bool:
        """Whether the message must stay in the queue."""
        return self.outcome in {"transient", "poison"}


#: Opens a dropped file, unless it is not needed any more; the second is told its size, and may refuse it.
OpenDrop = Callable[[DroppedFile, Callable[[int], None]], AbstractContextManager[Delivery]]


def any_size(_size: int) -> None:
    """There is time for a file of any size."""


class Handler:
    """Does messages, several at a time; the mappings and the database stay open until the end of the block."""

    def __init__(
        self,
        project: Project,
        *,
        events: Events | None = None,
        wait: float = 10,
        pauses: Sequence[float] = (1, 2, 4),
        open_drop: OpenDrop = opened_drop,
    ) -> None:
        """`wait` is how many seconds another load of the source is waited for, `pauses` are those between two tries."""
        self._project, self._events = project, events or Events()
        self._open_drop = open_drop
        self._options = project.run_options(wait=wait, pauses=tuple(pauses))
        settings = project.settings
        own = (
            settings.archive,
            settings.dead_letters,
            settings.mappings,
            settings.ddl,
            lake_location(project.url),
            lake_location(project.mirror_url),
        )
        self._own = [place for place in own if isinstance(place, ObjectUrl)]
        self._mappings = CurrentMappings(project.index, project.refresh)
        self._destinations = OpenedDestinations(project.url)
        self._mirror = OpenedDestinations(project.mirror_url) if project.mirror_url else None
        self._notifier = Notifier.of(settings, self._events)
        self._lineage = ToldLineage(self._events)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._destinations)
        if self._mirror:
            self._stack.enter_context(self._mirror)
        self._lineage = self._stack.enter_context(
            lineage_told(self._project, self._events, lambda source: self._mappings.index().mapping(source))
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def sensible_jobs(self) -> int:
        """Messages at a time that suit machine and database."""
        return sensible_jobs(self._options)

    def check(self) -> None:
        """Raise LeadingestError where no message could be done: there are no mappings, or no database can be used."""
        self._mappings.index().sources()
        try:
            self._destinations.of(self._project.tables()[0])
        except CannotUseDatabaseError as error:
            raise error.reason from error

    def handle(self, body: str, stop: Stop, *, fits: Callable[[int], None] = any_size) -> Handled:
        """Do what the message asks for, one file after the other.

        `fits` is told the size of each file before it is fetched, and raises LeadingestError where there is no time
        for it: then it is `transient`. Raises KeyboardInterrupt once it is to stop; nothing of the load under way is
        left then, and the message must come back.
        """
        try:
            files = dropped_files(body)
        except BaseException as error:
            return Handled((HandledFile("poison", reason=in_words(error).message),))
        handled = Handled(tuple(self._handled(file, stop, fits) for file in files))
        # What comes back is not done with yet.
        ended = [file for file in handled.files if file.outcome in {"failed", "held"}]
        self._notifier.finished([file.result for file in ended if file.result])
        # What is not sent by then may wait long: AWS Lambda stops the process until the next message.
        self._lineage.flush()
        return handled

    def _handled(self, file: DroppedFile, stop: Stop, fits: Callable[[int], None]) -> HandledFile:
        source = file.source
        try:
            if reason := self._passed_over(file):
                return HandledFile("skipped", str(file.place), source, reason)
            index = self._mappings.index()
            source = source or index.source_taking(file.place)
            # Named in the message, it may be none of ours.
            index.path_of(source)
            with self._open_drop(file, fits) as delivery:
                result = self._run(index, source, delivery, stop)
                if self._mirror and result.status in {"loaded", "skipped"}:
                    self._mirrored(self._mirror, index, source, partial(fits, delivery.size))
        except DeliveryReplacedError as error:
            return HandledFile("skipped", str(file.place), source, error.message)
        except BaseException as raised:
            why = in_words(raised)
            outcome: Outcome = "transient" if isinstance(why, _TRANSIENT) else "poison"
            return HandledFile(outcome, str(file.place), source, why.message)
        return HandledFile(_outcome(result), str(file.place), source, result.message, result)

    def _passed_over(self, file: DroppedFile) -> str:
        """Why an object is no delivery; empty where it is one.

        Raises LeadingestError where no object can have its bucket and key, however often it is asked for.
        """
        if file.key.endswith("/"):
            return "it only marks a folder"
        read = as_location(str(file.place))
        if not isinstance(read, ObjectUrl) or read.bucket != file.place.bucket:
            raise MessageError(f"{file.place}: no bucket has such a name", hint="correct the message")
        if is_hidden_or_unfinished(file.key.split("/")):
            return "it is a hidden or unfinished file"
        if any(place.holds(file.place) for place in self._own):
            return (
                "it is in a folder of leadingest itself: archive, dead letters, lake, mappings or load tables"
            )
        return ""

    def _run(self, index: MappingIndex, source: str, delivery: Delivery, stop: Stop) -> SourceResult:
        options = self._options
        takers = Takers(index.siblings, options.opened_inbox)
        run = SourceRun(
            index,
            source,
            options,
            self._destinations,
            self._lineage.events,
            takers,
            options.kept,
            given=delivery,
        )
        return run.result(stop)

    def _mirrored(
        self, mirror: OpenedDestinations, index: MappingIndex, source: str, refuse_late: Callable[[], None]
    ) -> None:
        """Bring the source up to date in the mirror. Whatever comes of that, its load is published.

        One that was loaded before may be one whose worker was killed before it could be mirrored.
        """
        table = index.mapping(source).table
        try:
            refuse_late()
            results = mirror_loads(
                [table],
                self._destinations,
                mirror,
                [source],
                database=self._project.database,
                to=shown_url(self._project.mirror_url),
                wait=self._options.wait,
                dry_run=False,
            )
        except BaseException as raised:
            why = in_words(raised)
            results = [MirroredSource(source, table.name, "failed", message=why.message, hint=why.hint)]
        for each in results:
            if each.status == "failed":
                self._events.warned(f"{source}: published, and not mirrored: {each.message}")
        self._notifier.mirrored(results)


def _outcome(result: SourceResult) -> Outcome:
    match result.status:
        case "loaded" | "held" | "skipped":
            return result.status
        case _ if result.error in _FAULTS:
            return "poison"
        case _ if result.is_retryable or result.error in _SETUPS:
            return "transient"
        # Without its dead letter the message is all that tells of it.
        case _ if result.lost:
            return "transient"
        case _:
            return "failed"
