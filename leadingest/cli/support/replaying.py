"""What `leadingest replay` is asked for, done and told; each method gives the exit code."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from leadingest.cli.support.opened_table import opened_table
from leadingest.cli.support.output import text_width
from leadingest.cli.support.project_of import project_of
from leadingest.cli.support.run_output import report_run, worst_code
from leadingest.cli.support.watching import progress_shown, watching
from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetters
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.shown_url import shown_url
from leadingest.errors import ConfigurationError, UsageError
from leadingest.ingest.replay.chosen_load import chosen_load
from leadingest.ingest.replay.replay_deliveries import replay_archived, replay_dead_letters
from leadingest.ingest.replay.replay_rejects import replay_rejects
from leadingest.ingest.run_options import RunOptions
from leadingest.reports.of_replay import letters_json, letters_text, rejects_json, rejects_text
from leadingest.reports.of_run import run_failures
from leadingest.settings import Settings


def source_of_load(settings: Settings, table: str, load_id: int | None) -> str:
    """The source of a load of the load table. Raises UsageError where none is named, or there is no such load."""
    if load_id is None:
        raise UsageError("which source? give --source NAME or --load LOAD")
    with opened_table(settings, table) as destination:
        return destination.load(load_id).source_name


@dataclass(frozen=True)
class Replaying:
    """A replay of one source; `load_id` None means the published load."""

    settings: Settings
    source: str
    load_id: int | None
    dry_run: bool
    wait: float
    as_json: bool

    def rejects(self, file: Path | None) -> int:
        """The rejects of a load, as they are there or as they were mended in a file."""
        mapping = project_of(self.settings).mapping(self.source)
        mended = fingerprint(file) if file else None
        with (
            opened_table(self.settings, mapping.table.name) as destination,
            progress_shown() as events,
            ExitStack() as stack,
        ):
            replayed = replay_rejects(
                mapping,
                destination,
                self.load_id,
                mended=mended,
                dry_run=self.dry_run,
                wait=self.wait,
                started=lambda load: stack.enter_context(events.reading(self.source, _delivery_of(load))),
            )
        database = shown_url(self._url)
        if self.as_json:
            click.echo(rejects_json(replayed, database=database), nl=False)
        else:
            click.echo(rejects_text(replayed, database=database, width=text_width()), nl=False)
        if mended and replayed.status == "replayed":
            load = replayed.load
            for trouble in self._options().kept.joined(self.source, mended, made=load.extract_time):
                click.echo(f"{self.source}: {trouble}", err=True)
        return replayed.exit_code

    def dead_letters(self) -> int:
        """The deliveries that failed as a whole."""
        project = project_of(self.settings)
        project.mapping(self.source)
        folder = self.settings.dead_letters
        if folder is None:
            raise ConfigurationError(
                "no dead letters are kept: LEADINGEST_DEAD_LETTERS is off", hint="name their folder there"
            )
        options = self._options()
        with watching(self.settings, sources=1) as events:
            replayed = replay_dead_letters(project, self.source, DeadLetters(folder), options, events)
        database = shown_url(options.database_url) if options.database_url else None
        if self.as_json:
            click.echo(letters_json(replayed, database=database), nl=False)
        else:
            width, results = text_width(), [each.result for each in replayed]
            click.echo(letters_text(replayed, database=database, width=width), nl=False)
            click.echo(run_failures(results, width=width), nl=False, err=True)
        return worst_code([each.result.exit_code for each in replayed])

    def whole(self) -> int:
        """The whole delivery of a load."""
        project = project_of(self.settings)
        mapping = project.mapping(self.source)
        folder = self.settings.archive
        if folder is None:
            raise ConfigurationError(
                "there is no archive: LEADINGEST_ARCHIVE is off",
                hint=f"if you have the file: leadingest run --source {self.source} --file FILE",
            )
        with opened_table(self.settings, mapping.table.name) as destination:
            load = chosen_load(destination, self.source, self.load_id)
        options = self._options()
        with watching(self.settings, sources=1) as events:
            result = replay_archived(project, load, Archive(folder), options, events)
        report_run([result], options.database_url, "json" if self.as_json else "text")
        return result.exit_code

    @property
    def _url(self) -> str:
        return self.settings.database_url.get_secret_value()

    def _options(self) -> RunOptions:
        return RunOptions(
            self.settings.inbox,
            None if self.dry_run else self._url,
            wait=self.wait,
            dead_letters=self.settings.dead_letters,
            archive=self.settings.archive,
        )


def _delivery_of(load: LoadRow) -> Delivery:
    """The delivery of a load, as far as it is known from there."""
    name = load.file_name
    return Delivery(Path(name), name, load.file_size, load.file_sha256, load.extract_time)
