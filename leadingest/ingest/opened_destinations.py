"""The one way to open a database: the destination of each load table, when it is first needed."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Lock

from leadingest.destinations.destination import Destination
from leadingest.destinations.shown_url import shown_url
from leadingest.errors import DestinationLockedError, LeadingestError, NothingToDoError
from leadingest.tables.load_table import LoadTable


class CannotUseDatabaseError(Exception):
    """A fault of the database as such, not of one source: `reason` is what was wrong."""

    def __init__(self, reason: LeadingestError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class OpenedDestinations:
    """The destinations of one database, for several threads; closed at the end of the block.

    Without a `url` there is no database.
    """

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._opened: dict[str, Destination] = {}
        self._prepared: set[str] = set()
        self._turn = Lock()
        self._stack = ExitStack()

    def __enter__(self) -> OpenedDestinations:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def of(self, table: LoadTable) -> Destination:
        """The destination of the table, ready for a load, which makes the database where there is none.

        Raises CannotUseDatabaseError, and DestinationLockedError where it may be ready in a moment.
        """
        with self._turn:
            try:
                return self._ready(table)
            except DestinationLockedError:
                raise
            except LeadingestError as error:
                raise CannotUseDatabaseError(error) from error

    def there(self, table: LoadTable) -> Destination:
        """The destination of the table, ready to be read or changed.

        Raises NothingToDoError where there is no database yet: a command that only looks makes none.
        """
        with self._turn:
            self._as_it_is(table)
            return self._ready(table)

    def there_or_none(self, table: LoadTable) -> Destination | None:
        """As `there`; None where there is no database yet."""
        try:
            return self.there(table)
        except NothingToDoError:
            return None

    def as_it_is(self, table: LoadTable) -> Destination:
        """As `there`, whether or not the tables are as they are described."""
        with self._turn:
            return self._as_it_is(table)

    def compared(self, table: LoadTable) -> Destination | None:
        """As `as_it_is`, to compare a delivery with; None where there is no database yet."""
        try:
            return self.as_it_is(table) if self._url else None
        except NothingToDoError:
            return None

    def _ready(self, table: LoadTable) -> Destination:
        destination = self._open(table)
        if table.name not in self._prepared:
            destination.prepare()
            self._prepared.add(table.name)
        return destination

    def _as_it_is(self, table: LoadTable) -> Destination:
        destination = self._open(table)
        if self._url and table.name not in self._prepared:
            _refuse_new_file(self._url)
        return destination

    def _open(self, table: LoadTable) -> Destination:
        if self._url is None:
            raise ValueError("there is no database")
        if table.name not in self._opened:
            # It imports the library of the database, which not every destination needs.
            from leadingest.destinations.open_destination import open_destination

            destination = open_destination(self._url, table)
            self._stack.callback(destination.close)
            self._opened[table.name] = destination
        return self._opened[table.name]


def _refuse_new_file(url: str) -> None:
    from leadingest.destinations.open_destination import is_made_by_first_load

    if is_made_by_first_load(url):
        raise NothingToDoError(
            f"the database {shown_url(url)} does not exist yet",
            hint="the first load creates it: leadingest run; or name another one with --database-url",
        )
