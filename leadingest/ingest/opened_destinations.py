"""The destination of each load table, opened when first needed."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Lock

from leadingest.destinations.destination import Destination
from leadingest.destinations.open_destination import open_destination
from leadingest.errors import LeadingestError
from leadingest.tables.load_table import LoadTable


class CannotUseDatabaseError(Exception):
    """A fault of the database as such, not of one source: `reason` is what was wrong."""

    def __init__(self, reason: LeadingestError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class OpenedDestinations:
    """The destinations of one database, for all threads of a run; closed at the end of the block."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._open: dict[str, Destination] = {}
        self._turn = Lock()
        self._stack = ExitStack()

    def __enter__(self) -> OpenedDestinations:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def of(self, table: LoadTable) -> Destination | None:
        """The destination of the table, ready for a load; None in a dry run.

        Raises CannotUseDatabaseError.
        """
        if self._url is None:
            return None
        with self._turn:
            if table.name not in self._open:
                try:
                    destination = open_destination(self._url, table)
                    self._stack.callback(destination.close)
                    destination.prepare()
                except LeadingestError as error:
                    raise CannotUseDatabaseError(error) from error
                self._open[table.name] = destination
            return self._open[table.name]
