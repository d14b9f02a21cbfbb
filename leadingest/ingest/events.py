"""What happens in a run, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock

from leadingest.deliveries.delivery import Delivery
from leadingest.errors import LeadingestError
from leadingest.ingest.result import SourceResult

#: Is told how many records of a delivery have been read so far.
Progress = Callable[[int], None]


class Listener:
    """Is told what happens, source by source; of several at the same time in any order, never two at once.

    Does nothing with it: a listener overrides what it wants to hear.
    """

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""

    def ended(self, source: str) -> None:
        """No more of the delivery is read, whatever became of it."""

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""

    def warned(self, message: str) -> None:
        """Something beside the loads went wrong, such as a message that could not be sent; no load depends on it."""


class Events:
    """Tells listeners what happens, for several threads, one after the other.

    No source fails for what cannot be told, as where the disk of the log is full.
    """

    def __init__(self, *listeners: Listener) -> None:
        self._listeners, self._turn = listeners, Lock()

    def beside(self, listener: Listener) -> Events:
        """These events, told to one more listener."""
        return Events(*self._listeners, listener)

    @contextmanager
    def reading(self, source: str, delivery: Delivery) -> Iterator[Progress]:
        """The delivery is read for as long as the block lasts; gives what is to be told of each batch."""
        self._tell(lambda listener: listener.started(source, delivery))
        try:
            yield lambda records: self._tell(lambda listener: listener.progress(source, records))
        finally:
            self._tell(lambda listener: listener.ended(source))

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""
        self._tell(lambda listener: listener.retrying(source, error, pause))

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""
        self._tell(lambda listener: listener.finished(result))

    def warned(self, message: str) -> None:
        """Something beside the loads went wrong; no load depends on it."""
        self._tell(lambda listener: listener.warned(message))

    def _tell(self, event: Callable[[Listener], None]) -> None:
        with self._turn:
            for listener in self._listeners:
                with suppress(OSError):
                    event(listener)
