"""SQLite: a file, and the default."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from filelock import FileLock, Timeout

from leadingest.destinations.database import WRITING, Database
from leadingest.destinations.sql_destination import SqlDestination
from leadingest.destinations.ways.driver_insert import DriverInsert
from leadingest.destinations.ways.way import Way
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

#: Sources that are loaded side by side with profit: one is mapped while another is written.
JOBS = 2

#: KiB of pages that a connection keeps at hand, for the indexes: the default of 2,000 makes it read them again
#: and again.
_CACHE = 65_536

#: Seconds to wait for another program that is writing to the file; `?timeout=` in the URL says otherwise.
PATIENCE = 60


def open_sqlite(url: sa.URL, table: LoadTable) -> SqlDestination:
    """Leads in a SQLite file; the file is made on first use, the folder must be there."""
    if url.host:
        raise DestinationSetupError(
            f"the database URL sqlite://{url.host} names a host, and SQLite is a file",
            hint="with three strokes: sqlite:///leads.db; with four for a path from the root: sqlite:////data/leads.db",
        )
    if not _file_of(url):
        raise DestinationSetupError(
            "a SQLite database in memory is gone as soon as the program ends",
            hint="name a file: sqlite:///leads.db",
        )
    if "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(PATIENCE)})
    engine = sa.create_engine(url.set(drivername="sqlite"), max_overflow=-1, hide_parameters=True)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return SqlDestination(SQLite(engine), table)


class SQLite(Database):
    """A database in a file, which one writes to at a time."""

    #: Each transaction writes the pages of the indexes that it has touched once more; a fifth less work than
    #: with a quarter of the rows, measured with 150,000 rows on top of 500,000.
    chunk = 100_000

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self._file = _file_of(engine.url)

    def way(self, connection: sa.Connection) -> Way:
        """The driver's own."""
        return DriverInsert()

    @contextmanager
    def lock(self, name: str, *, wait: float) -> Iterator[bool]:
        """A locked file beside the database, which the system unlocks when the process ends.

        It goes by the file itself: who comes through a link has the same one.
        """
        lock = FileLock(f"{Path(self._file).resolve()}-{quote(name, safe='')}.lock")
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            yield False
            return
        except OSError as error:
            raise DestinationSetupError(
                f"the database {self.url} may only be read: {error.strerror}",
                hint="give this user the right to write the file and its folder",
            ) from error
        try:
            yield True
        finally:
            # Before it is unlocked: whoever waits for it sees that the file is gone, and makes a new one.
            Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()


def _file_of(url: sa.URL) -> str:
    """The path of the database's file; empty where it is in memory."""
    path = (url.database or "").removeprefix("file:").partition("?")[0]
    return "" if path == ":memory:" else path


def _set_up(connection: Any, _record: object) -> None:
    """Let others read while a load is being written; and keep Python's sqlite3 from committing around CREATE.

    The second after SQLAlchemy's documentation, "SQLite transactions".
    """
    connection.isolation_level = None
    # It stays with the file, so one connection that gets to it is enough: no reason to fail where another is at it.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _begin(connection: sa.Connection) -> None:
    # One that reads first and writes later may find that another has written meanwhile: then it could only fail.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
