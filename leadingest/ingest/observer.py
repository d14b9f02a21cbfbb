"""Who is told how a run goes."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import Protocol

from leadingest.deliveries.delivery import Delivery
from leadingest.errors import LeadingestError
from leadingest.ingest.result import SourceResult


class Observer(Protocol):
    """Is told how a run goes, source by source; of several sources side by side in any order, never two at once."""

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""


class InTurn:
    """Tells an observer, one thread after the other. No source fails for what cannot be told: a full disk of the log."""

    def __init__(self, observer: Observer) -> None:
        self._observer, self._turn = observer, Lock()

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""
        with self._turn, suppress(OSError):
            self._observer.started(source, delivery)

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""
        with self._turn, suppress(OSError):
            self._observer.progress(source, records)

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""
        with self._turn, suppress(OSError):
            self._observer.retrying(source, error, pause)

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""
        with self._turn, suppress(OSError):
            self._observer.finished(result)
