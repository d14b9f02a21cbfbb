"""What `leadingest replay` is asked for, done and told; each method gives the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from leadingest.cli.support.output import show
from leadingest.cli.support.run_output import report_run, worst_code
from leadingest.cli.support.watching import progress_shown, watching
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetter, DeadLetters
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.shown_url import shown_url
from leadingest.documents.nearest import listed
from leadingest.errors import ConfigurationError, NothingToDoError, UsageError
from leadingest.ingest.replay.replay_deliveries import replay_archived, replay_dead_letters
from leadingest.ingest.replay.replay_rejects import chosen_load, replay_rejects
from leadingest.ingest.run_options import RunOptions
from leadingest.project import Project
from leadingest.reports.printable import one_line
from leadingest.reports.replay import DeadLettersReport, ReplayReport
from leadingest.stores.location import Location
from leadingest.stores.open_store import open_store


def source_of_load(project: Project, load_id: int | None) -> str:
    """The source of a load of the load table. Raises UsageError where none is named, or there is no such load."""
    if load_id is None:
        raise UsageError("which source? use --source NAME or --load LOAD")
    return project.load(load_id=load_id).source_name


@dataclass(frozen=True)
class Replaying:
    """A replay of one source; `load_id` None means the published load."""

    project: Project
    source: str
    load_id: int | None
    dry_run: bool
    wait: float
    output_format: str

    def rejects(self, file: Location | None) -> int:
        """The rejects of a load, as they are there or as they were mended in a file."""
        mapping = self.project.index.mapping(self.source)
        with (
            opened_file(file) if file else nullcontext() as mended,
            self.project.destinations() as destinations,
            progress_shown() as events,
            ExitStack() as stack,
        ):
            replayed = replay_rejects(
                mapping,
                destinations.there(mapping.table),
                self.load_id,
                mended=mended,
                dry_run=self.dry_run,
                wait=self.wait,
                started=lambda load: stack.enter_context(events.reading(self.source, _delivery_of(load))),
            )
            database = shown_url(self.project.url)
            show(ReplayReport(replayed, database), self.output_format)
            if mended and replayed.status == "replayed":
                made = replayed.load.extract_time
                for trouble in self._options().kept.joined(self.source, mended, made=made):
                    click.echo(f"{self.source}: {trouble}", err=True)
        return replayed.exit_code

    def dead_letters(self) -> int:
        """The deliveries that failed as a whole."""
        self.project.index.mapping(self.source)
        letters, options = self._letters(), self._options()
        with watching(self.project.settings, sources=1) as events:
            replayed = replay_dead_letters(self.project.index, self.source, letters, options, events)
        database = shown_url(options.database_url) if options.database_url else None
        show(DeadLettersReport(replayed, database), self.output_format)
        return worst_code([each.result.exit_code for each in replayed])

    def forget(self, names: Sequence[str]) -> None:
        """Remove dead letters of these file names, or of the names of their copies, and say which.

        Raises NothingToDoError where there is none of one of the names; then nothing is removed.
        """
        letters = self._letters()
        found = letters.of(self.source)
        if absent := [name for name in names if not any(name in _names(letter) for letter in found)]:
            raise NothingToDoError(
                f"there is no dead letter of {self.source} named {absent[0]!r}",
                hint=f"those there are: {listed(letter.file for letter in found)}"
                if found
                else "there are none",
            )
        for letter in found:
            if _names(letter).isdisjoint(names):
                continue
            if not self.dry_run:
                letters.remove(self.source, letter.sha256)
            done = "would be forgotten" if self.dry_run else "forgotten"
            click.echo(f"{self.source}: {one_line(letter.file)}, {letter.size:,} bytes: {done}")

    def whole(self) -> int:
        """The whole delivery of a load."""
        mapping = self.project.index.mapping(self.source)
        folder = self.project.settings.archive
        if folder is None:
            raise ConfigurationError(
                "there is no archive: LEADINGEST_ARCHIVE is off",
                hint=f"if you have the file: leadingest run --source {self.source} --file FILE",
            )
        with self.project.destinations() as destinations:
            load = chosen_load(destinations.there(mapping.table).ledger, self.source, self.load_id)
        options = self._options()
        with watching(self.project.settings, sources=1) as events:
            result = replay_archived(self.project.index, load, Archive(open_store(folder)), options, events)
        report_run([result], options.database_url, self.output_format)
        return result.exit_code

    def _letters(self) -> DeadLetters:
        folder = self.project.settings.dead_letters
        if folder is None:
            raise ConfigurationError(
                "dead letters are not kept: LEADINGEST_DEAD_LETTERS is off", hint="set it to a folder"
            )
        return DeadLetters(open_store(folder))

    def _options(self) -> RunOptions:
        return RunOptions(
            self.project.settings.inbox,
            None if self.dry_run else self.project.url,
            wait=self.wait,
            dead_letters=self.project.settings.dead_letters,
            archive=self.project.settings.archive,
        )


def _names(letter: DeadLetter) -> set[str]:
    """The names that a dead letter is known by."""
    return {letter.file, letter.copy.name}


def _delivery_of(load: LoadRow) -> Delivery:
    """The delivery of a load, as far as it is known from there."""
    name = load.file_name
    return Delivery(Path(name), name, load.file_size, load.file_sha256, load.extract_time)
