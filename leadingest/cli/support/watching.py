"""Who is told how a command goes: a terminal, the log, or nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from leadingest import Events, LeadingestError, Listener, Settings
from leadingest.reports.printable import one_line


@contextmanager
def watching(settings: Settings, *, sources: int) -> Iterator[Events]:
    """The events of a run, told to whom the settings and the terminal ask for.

    Log lines and a progress display on one terminal would write over each other: with logs, no progress.
    """
    if settings.log_format == "off":
        warnings = Warnings()
        try:
            with progress_shown(warnings, sources=sources) as events:
                yield events
        finally:
            warnings.show()
        return
    from leadingest.reports.log_lines import LogListener

    log = LogListener(settings.log_format, settings.log_level)
    try:
        yield Events(log)
    except LeadingestError as error:
        log.stopped(error)
        raise


@contextmanager
def progress_shown(*others: Listener, sources: int = 1) -> Iterator[Events]:
    """Events that a person at a terminal sees, and nobody else but the other listeners."""
    if not sys.stderr.isatty():
        yield Events(*others)
        return
    from rich.console import Console

    from leadingest.cli.support.progress import ProgressListener

    with ProgressListener(Console(stderr=True), sources=sources) as progress:
        yield Events(progress, *others)


class Warnings(Listener):
    """Keeps warnings until nothing else is written to the terminal."""

    def __init__(self) -> None:
        self._messages: list[str] = []

    def warned(self, message: str) -> None:
        """Something beside the loads went wrong; no load depends on it."""
        self._messages.append(message)

    def show(self) -> None:
        """Print them to standard error."""
        for message in self._messages:
            click.echo(f"warning: {one_line(message)}", err=True)
