"""A load table in a SQL database, whatever its dialect."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.ddl import lacking, prepare
from leadingest.destinations.sql.diagnostics import SqlDiagnostics
from leadingest.destinations.sql.dialects.dialect import Dialect
from leadingest.destinations.sql.exports import SqlExports
from leadingest.destinations.sql.leads import SqlLeads
from leadingest.destinations.sql.ledger import SqlLedger
from leadingest.destinations.sql.schema import schema_of
from leadingest.tables.load_table import LoadTable


class SqlDestination:
    """A load table in a database; nothing is connected before it is asked.

    Raises DestinationSetupError for a URL that cannot be meant, and DefinitionError for a table that does not fit.
    """

    engine_table = None
    copies = None

    def __init__(self, dialect: Dialect, url: sa.URL, table: LoadTable) -> None:
        self._database = database = Database(dialect, url)
        self._schema = schema = schema_of(table, dialect)
        self.ledger = SqlLedger(database, schema)
        self.leads = SqlLeads(database, schema)
        self.diagnostics = SqlDiagnostics(database, schema)
        self.exports = SqlExports(database, schema)

    @property
    def sql_tables(self) -> SqlDestination:
        """These tables."""
        return self

    def prepare(self) -> None:
        """Make what is missing; refuse a load table that lacks columns."""
        prepare(self._database, self._schema)

    def lacking(self) -> list[str]:
        """The SQL that adds what the tables lack."""
        with self._database.reading() as connection:
            return lacking(connection, self._schema)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()
