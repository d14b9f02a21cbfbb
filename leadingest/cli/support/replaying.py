"""What `leadingest replay` is asked for, done and told; each method gives the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from leadingest import Project
from leadingest.cli.support.output import show
from leadingest.cli.support.run_output import report_run, worst_code
from leadingest.cli.support.watching import progress_shown, watching
from leadingest.errors import EXIT_DONE
from leadingest.reports.printable import one_line
from leadingest.reports.replay import DeadLettersReport, ReplayReport
from leadingest.stores.location import Location


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
        """The rejects of a load, as they are there or as they were corrected in a file."""
        with progress_shown() as events:
            replayed = self.project.replay(
                self.source,
                load_id=self.load_id,
                file=file,
                dry_run=self.dry_run,
                wait=self.wait,
                events=events,
            )
        show(ReplayReport(replayed, self.project.database), self.output_format)
        for trouble in replayed.remarks:
            click.echo(f"{self.source}: {trouble}", err=True)
        return replayed.exit_code

    def dead_letters(self) -> int:
        """The deliveries that failed as a whole."""
        with watching(self.project.settings, sources=1) as events:
            replayed = self.project.replay_dead_letters(
                self.source, dry_run=self.dry_run, wait=self.wait, events=events
            )
        show(DeadLettersReport(replayed, self._database()), self.output_format)
        return worst_code([each.result.exit_code for each in replayed])

    def forget(self, names: Sequence[str]) -> int:
        """Remove dead letters of these file names, or of the names of their copies, and say which."""
        done = "would be forgotten" if self.dry_run else "forgotten"
        for letter in self.project.forget_dead_letters(self.source, *names, dry_run=self.dry_run):
            click.echo(f"{self.source}: {one_line(letter.file)}, {letter.size:,} bytes: {done}")
        return EXIT_DONE

    def whole(self) -> int:
        """The whole delivery of a load."""
        with watching(self.project.settings, sources=1) as events:
            result = self.project.replay_whole(
                self.source, load_id=self.load_id, dry_run=self.dry_run, wait=self.wait, events=events
            )
        report_run([result], self._database(), self.output_format)
        return result.exit_code

    def _database(self) -> str | None:
        return None if self.dry_run else self.project.database
