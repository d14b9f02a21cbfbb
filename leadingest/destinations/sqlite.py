"""SQLite: a file, and the default."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from leadingest.destinations.sql_destination import SqlDestination
from leadingest.tables.load_table import LoadTable

#: Seconds to wait for another program that is writing to the file.
PATIENCE = 10


class SQLite(SqlDestination):
    """Leads in a SQLite file; the file is made on first use, the folder must be there."""

    def __init__(self, url: sa.URL, table: LoadTable) -> None:
        engine = sa.create_engine(url, connect_args={"timeout": PATIENCE})
        sa.event.listen(engine, "connect", _begin_by_ourselves)
        sa.event.listen(engine, "begin", _begin)
        super().__init__(engine, table)


def _begin_by_ourselves(connection: Any, _record: object) -> None:
    """Keep Python's sqlite3 from committing around CREATE: SQLAlchemy's documentation, "SQLite transactions"."""
    connection.isolation_level = None


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
