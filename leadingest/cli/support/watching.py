"""Who is told how a command goes: a terminal, the log, or nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from leadingest import Events, LeadingestError, Settings


@contextmanager
def watching(settings: Settings, *, sources: int) -> Iterator[Events]:
    """The events of a run, told to whom the settings and the terminal ask for.

    Log lines and a progress display on one terminal would write over each other: with logs, no progress.
    """
    if settings.log_format == "off":
        with progress_shown(sources=sources) as events:
            yield events
        return
    from leadingest.reports.log_lines import LogListener

    log = LogListener(settings.log_format, settings.log_level)
    try:
        yield Events(log)
    except LeadingestError as error:
        log.stopped(error)
        raise


@contextmanager
def progress_shown(*, sources: int = 1) -> Iterator[Events]:
    """Events that a person at a terminal sees, and nobody else."""
    if not sys.stderr.isatty():
        yield Events()
        return
    from rich.console import Console

    from leadingest.cli.support.progress import ProgressListener

    with ProgressListener(Console(stderr=True), sources=sources) as progress:
        yield Events(progress)
