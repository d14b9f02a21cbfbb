"""Whole deliveries once more, under the mapping as it is now: dead letters, and what lies in the archive."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.inboxes.takers import Takers
from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetter, DeadLetters
from leadingest.destinations.ledger import LoadRow
from leadingest.errors import NothingToDoError, in_words
from leadingest.ingest.concurrency import Stop
from leadingest.ingest.events import Events
from leadingest.ingest.mapping_index import MappingIndex, shown_path
from leadingest.ingest.opened_destinations import OpenedDestinations
from leadingest.ingest.result import SourceResult, failed
from leadingest.ingest.run import SourceRun
from leadingest.ingest.run_options import RunOptions


@dataclass(frozen=True)
class ReplayedLetter:
    """A dead letter as it was, and what has become of it."""

    letter: DeadLetter
    result: SourceResult


def replay_dead_letters(
    project: MappingIndex, source: str, letters: DeadLetters, options: RunOptions, events: Events
) -> list[ReplayedLetter]:
    """Load the dead letters of the source, the one that failed first in front; each ends as in a run.

    One that loads is no dead letter any more, one that fails again has a try more. Raises NothingToDoError where
    there are none, ConfigurationError where one cannot be told, and what concerns all: a database out of use.
    """
    found = letters.of(source)
    if not found:
        raise NothingToDoError(f"{source} has no dead letters in {shown_path(letters.store.root)}")
    with OpenedDestinations(options.database_url) as destinations:
        run = _Again(project, source, options, destinations, events)
        return [ReplayedLetter(letter, run.letter(letters, letter)) for letter in found]


def replay_archived(
    project: MappingIndex, load: LoadRow, archive: Archive, options: RunOptions, events: Events
) -> SourceResult:
    """Load the delivery of a load again, out of the archive; it becomes a load of its own.

    Raises NothingToDoError where it is not there, DeliveryError where the copy is damaged.
    """
    source = load.source_name
    with (
        archive.taken_out(source, load.file_sha256, name=load.file_name) as delivery,
        OpenedDestinations(options.database_url) as destinations,
    ):
        return _Again(project, source, options, destinations, events).delivery(delivery)


@dataclass(frozen=True)
class _Again:
    project: MappingIndex
    source: str
    options: RunOptions
    destinations: OpenedDestinations
    events: Events

    def letter(self, letters: DeadLetters, letter: DeadLetter) -> SourceResult:
        with ExitStack() as scratch:
            try:
                delivery = scratch.enter_context(letters.taken_out(letter))
            except BaseException as error:
                return failed(self.source, letter.file, in_words(error))
            return self.delivery(delivery)

    def delivery(self, delivery: Delivery) -> SourceResult:
        run = SourceRun(
            self.project,
            self.source,
            self.options,
            self.destinations,
            self.events,
            Takers(self.project.siblings, self.options.opened_inbox),
            self.options.kept,
            given=delivery,
        )
        result = run.result(Stop())
        if result.status == "skipped":
            result = replace(
                result, hint="fix the mapping first; the current one would produce the same leads"
            )
        return result
