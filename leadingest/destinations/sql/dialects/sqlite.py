"""SQLite: a file, and the default."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, final
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql.bulk_writers.bulk_writer import BulkWriter, DriverInsert
from leadingest.destinations.sql.dialects.dialect import (
    LACKING,
    LACKING_HINT,
    WRITING,
    ColumnTypes,
    Dialect,
    ExactDecimal,
    Fault,
    IndexHints,
    first_line,
)
from leadingest.errors import DestinationError, DestinationSetupError
from leadingest.stores.file_lock import file_lock

#: KiB of pages that a connection keeps at hand, for the indexes: the default of 2,000 makes it read them again
#: and again.
_CACHE = 65_536

#: Bytes of a page of a new file. Of 4,096, the default, nine leads fill a page: to insert them takes a sixth more CPU, and
#: to count what the view shows of a million half as much again.
_PAGE = 16_384

#: Seconds to wait for another program that is writing to the file; `?timeout=` in the URL says otherwise.
_PATIENCE = 60

#: Decimal digits that a binary floating point number, SQLite's only fraction, keeps.
#: Source: SQLite documentation, "Floating Point Numbers".
_DIGITS_OF_A_FLOAT = 15

#: What SQLite's message holds → the kind of error, what it means and what to do.
_FAULTS: dict[str, tuple[type[DestinationError], str, str]] = {
    "unable to open database file": (
        DestinationSetupError,
        "cannot be opened",
        "check that the folder exists and is writable",
    ),
    "readonly database": (
        DestinationSetupError,
        "is read-only",
        "give this user permission to write the file and its folder",
    ),
    "file is not a database": (
        DestinationSetupError,
        "is not a SQLite database",
        "name another file, or move this one",
    ),
    "disk is full": (
        DestinationError,
        "cannot grow: the disk is full",
        "free some space and run again; this load was not published",
    ),
    "no such table": (DestinationSetupError, LACKING, LACKING_HINT),
    "no such column": (DestinationSetupError, LACKING, LACKING_HINT),
    # The driver has waited already: no reason to begin again.
    "database is locked": (
        DestinationError,
        "is in use by another program",
        "wait until it has finished, and run again",
    ),
    "disk I/O error": (
        DestinationError,
        "cannot be read or written",
        "check the disk and run again; this load was not published",
    ),
}


class _Decimal(ExactDecimal):
    """A column of more digits than SQLite's numbers keep is TEXT, which compares as text."""

    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        if self.precision > _DIGITS_OF_A_FLOAT:
            return dialect.type_descriptor(sa.Text())
        return super().load_dialect_impl(dialect)

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        return None if value is None else str(value)


@final
class SQLite(Dialect):
    """A database in a file, which one writes to at a time."""

    name = "sqlite"
    sql = sqlite.dialect(paramstyle="named")
    #: One source is mapped while another is written.
    jobs = 2
    #: Each transaction writes the pages of the indexes that it has touched once more; a fifth less work than
    #: with a quarter of the rows, measured with 150,000 rows on top of 500,000.
    chunk = 100_000
    where_new = "OR IGNORE"
    hints = IndexHints(by_index="INDEXED BY {}", then_join="CROSS JOIN")
    types = ColumnTypes(
        number=sqlite.INTEGER(),
        key_number=sqlite.INTEGER(),
        time=sa.DateTime(),
        long_text=sa.Text(),
        key_text=sa.String,
        decimal=_Decimal,
    )
    #: It has no limit of its own: as long as that of MySQL, so that a project can move there.
    longest_key = 690

    def engine(self, url: sa.URL) -> sa.Engine:
        """Leads in a SQLite file; the file is made on first use, the folder must be there."""
        if url.host:
            raise DestinationSetupError(
                f"the database URL sqlite://{url.host} names a host, but SQLite is a file",
                hint="use three slashes: sqlite:///leads.db; for an absolute path, four: sqlite:////data/leads.db",
            )
        if not _file_of(url):
            raise DestinationSetupError(
                "a SQLite database in memory is lost when the program ends",
                hint="name a file: sqlite:///leads.db",
            )
        if "timeout" not in url.query:
            url = url.update_query_dict({"timeout": str(_PATIENCE)})
        engine = sa.create_engine(url.set(drivername="sqlite"), max_overflow=-1, hide_parameters=True)
        sa.event.listen(engine, "connect", _set_up)
        sa.event.listen(engine, "begin", _begin)
        return engine

    def is_yet_to_be_made(self, url: sa.URL) -> bool:
        file = url.database or ""
        return bool(file) and not file.startswith((":memory:", "file:")) and not Path(file).exists()

    def table_options(
        self, *, numbered: bool = False, history: bool = False, clustered: bool = False
    ) -> dict[str, Any]:
        if clustered:
            return {"sqlite_with_rowid": False}
        return {"sqlite_autoincrement": True} if numbered else {}

    def widen(self, column: sa.Column[Any], described: str) -> None:
        """SQLite keeps texts of any length whatever it was told."""
        return

    def insert_or_lock(self, table: sa.Table, row: Mapping[str, Any], unchanged: str) -> sa.Executable:
        """Whoever writes is the only one who does, by the transaction itself."""
        return sqlite.insert(table).values(row).on_conflict_do_nothing()

    @contextmanager
    def lock(self, engine: sa.Engine, name: str, *, wait: float) -> Iterator[bool]:
        """A locked file beside the database, which the system unlocks when the process ends.

        It goes by the file itself: who comes through a link has the same one.
        """
        file = Path(f"{Path(_file_of(engine.url)).resolve()}-{quote(name, safe='')}.lock")
        with ExitStack() as held:
            try:
                acquired = held.enter_context(file_lock(file, wait=wait))
            except OSError as error:
                raise DestinationSetupError(
                    f"the database {shown_url(str(engine.url))} is read-only: {error.strerror}",
                    hint="give this user permission to write the file and its folder",
                ) from error
            yield acquired

    def bulk_writer(self, connection: sa.Connection) -> BulkWriter:
        """The driver's own."""
        return DriverInsert()

    def classify(self, error: sa.exc.DBAPIError, url: str) -> Fault:
        """It is known by its messages."""
        message = first_line(error)
        for sign, (kind, trouble, hint) in _FAULTS.items():
            if sign in message:
                return Fault(kind, f"the database {url} {trouble}", hint)
        return Fault(DestinationError, f"the database {url} failed: {message}")


def _file_of(url: sa.URL) -> str:
    """The path of the database's file; empty where it is in memory."""
    path = (url.database or "").removeprefix("file:").partition("?")[0]
    return "" if path == ":memory:" else path


def _set_up(connection: Any, _record: object) -> None:
    """Let others read while a load is being written; and keep Python's sqlite3 from committing around CREATE.

    The second after SQLAlchemy's documentation, "SQLite transactions".
    """
    connection.isolation_level = None
    # It holds for a file that has nothing in it yet; others keep theirs.
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    # It stays with the file, so one connection that gets to it is enough: no reason to fail where another is at it.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _begin(connection: sa.Connection) -> None:
    # One that reads first and writes later may find that another has written meanwhile: then it could only fail.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
