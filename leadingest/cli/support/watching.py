"""Who is told how a run goes: a terminal, the log, or nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from leadingest.deliveries.delivery import Delivery
from leadingest.errors import LeadingestError
from leadingest.ingest.observer import Observer
from leadingest.ingest.result import SourceResult
from leadingest.settings import Settings


class Observers:
    """Tells several observers, and none of them when there are none."""

    def __init__(self, observers: Sequence[Observer]) -> None:
        self._observers = tuple(observers)

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""
        for observer in self._observers:
            observer.started(source, delivery)

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""
        for observer in self._observers:
            observer.progress(source, records)

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""
        for observer in self._observers:
            observer.retrying(source, error, pause)

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""
        for observer in self._observers:
            observer.finished(result)


@contextmanager
def watching(settings: Settings, *, sources: int) -> Iterator[Observers]:
    """The observers that the settings and the terminal ask for.

    Log lines and a progress display on one terminal would write over each other: with logs, no progress.
    """
    if settings.log_format != "off":
        from leadingest.cli.support.logs import LogObserver

        log = LogObserver(settings.log_format, settings.log_level)
        try:
            yield Observers([log])
        except LeadingestError as error:
            log.stopped(error)
            raise
    elif sys.stderr.isatty():
        from rich.console import Console

        from leadingest.cli.support.progress import ProgressObserver

        with ProgressObserver(Console(stderr=True), sources=sources) as progress:
            yield Observers([progress])
    else:
        yield Observers([])
