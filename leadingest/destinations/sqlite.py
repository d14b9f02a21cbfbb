"""SQLite: a file, and the default."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from leadingest.destinations.sql_destination import WRITING, SqlDestination
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

#: Seconds to wait for another program that is writing to the file; `?timeout=` in the URL says otherwise.
PATIENCE = 10


class SQLite(SqlDestination):
    """Leads in a SQLite file; the file is made on first use, the folder must be there."""

    def __init__(self, url: sa.URL, table: LoadTable) -> None:
        if url.host:
            raise DestinationSetupError(
                f"the database URL sqlite://{url.host} names a host, and SQLite is a file",
                hint="with three strokes: sqlite:///leads.db; with four for a path from the root: sqlite:////data/leads.db",
            )
        if "timeout" not in url.query:
            url = url.update_query_dict({"timeout": str(PATIENCE)})
        engine = sa.create_engine(url.set(drivername="sqlite"), hide_parameters=True)
        sa.event.listen(engine, "connect", _set_up)
        sa.event.listen(engine, "begin", _begin)
        super().__init__(engine, table)


def _set_up(connection: Any, _record: object) -> None:
    """Let others read while a load is being written; and keep Python's sqlite3 from committing around CREATE.

    The second after SQLAlchemy's documentation, "SQLite transactions".
    """
    connection.isolation_level = None
    # It stays with the file, so one connection that gets to it is enough: no reason to fail where another is at it.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: sa.Connection) -> None:
    # One that reads first and writes later may find that another has written meanwhile: then it could only fail.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
