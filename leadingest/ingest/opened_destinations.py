"""The destination of each load table, opened when first needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from threading import Lock

from leadingest.destinations.destination import Destination
from leadingest.destinations.open_destination import open_destination
from leadingest.errors import DestinationLockedError, LeadingestError
from leadingest.tables.load_table import LoadTable

#: Opens the destination of a table for a reader; None where there is none that can be read.
Compared = Callable[[LoadTable], AbstractContextManager[Destination | None]]


def nothing_there(_table: LoadTable) -> AbstractContextManager[None]:
    """No destination for any table."""
    return nullcontext()


class CannotUseDatabaseError(Exception):
    """A fault of the database as such, not of one source: `reason` is what was wrong."""

    def __init__(self, reason: LeadingestError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class OpenedDestinations:
    """The destinations of one database, for all threads of a run; closed at the end of the block.

    A dry run has no `url`. It compares deliveries with what `compared` gives: the destination of a table; None where
    there is no database that can be read.
    """

    def __init__(self, url: str | None, compared: Compared = nothing_there) -> None:
        self._url, self._compared = url, compared
        self._read: dict[str, Destination | None] = {}
        self._open: dict[str, Destination] = {}
        self._turn = Lock()
        self._stack = ExitStack()

    def __enter__(self) -> OpenedDestinations:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def dry(self) -> bool:
        """Whether there is no database: nothing is to be written anywhere."""
        return self._url is None

    def of(self, table: LoadTable) -> Destination:
        """The destination of the table, ready for a load; not in a dry run.

        Raises CannotUseDatabaseError, and DestinationLockedError where it may be ready in a moment.
        """
        if self._url is None:
            raise ValueError("a dry run has no database")
        with self._turn:
            if table.name not in self._open:
                try:
                    destination = open_destination(self._url, table)
                    self._stack.callback(destination.close)
                    destination.prepare()
                except DestinationLockedError:
                    raise
                except LeadingestError as error:
                    raise CannotUseDatabaseError(error) from error
                self._open[table.name] = destination
            return self._open[table.name]

    def compared(self, table: LoadTable) -> Destination | None:
        """In a dry run the destination of the table, to read from; None where there is none that can be read."""
        with self._turn:
            if table.name not in self._read:
                self._read[table.name] = self._stack.enter_context(self._compared(table))
            return self._read[table.name]
