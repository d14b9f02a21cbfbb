"""Make the tables and the view that a database lacks, and refuse those that are not as they are described."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.database import Database
from leadingest.destinations.ddl import create_statements
from leadingest.destinations.ddl_diff import columns_of
from leadingest.destinations.schema import Schema
from leadingest.documents.nearest import listed
from leadingest.errors import DestinationSetupError


def prepare(database: Database, schema: Schema) -> None:
    """Make what is missing; nothing is made or altered where all are there.

    Raises DestinationSetupError where a table or the view lacks columns.
    """
    with database.reading() as connection:
        inspector = sa.inspect(connection)
        there = {*inspector.get_table_names(), *inspector.get_view_names()}
        _refuse_lacking_columns(connection, database, schema, there)
        statements = [each for each in create_statements(schema, database.dialect) if each.makes not in there]
    if statements:
        with database.writing() as connection, connection.begin():
            for statement in statements:
                connection.exec_driver_sql(statement.sql, execution_options={"no_parameters": True})


def _refuse_lacking_columns(
    connection: sa.Connection, database: Database, schema: Schema, there: set[str]
) -> None:
    for table in (*schema.tables, schema.view):
        if table.name not in there:
            continue
        has = columns_of(connection, table)
        if lacking := [column.name for column in table.columns if column.name not in has]:
            kind = "view" if table is schema.view else "table"
            raise DestinationSetupError(
                f"the {kind} {table.name} in {database.url} lacks {listed(lacking, last='and')}",
                hint="`leadingest ddl --diff` prints the SQL that mends it; nothing is altered unasked",
            )
