"""What a database lacks of its description, as the SQL that adds it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn, CreateIndex, DropIndex

from leadingest.destinations.ddl import create_statements
from leadingest.destinations.schema import Schema


def lacking(connection: sa.Connection, schema: Schema) -> list[str]:
    """The statements, without semicolons, in the order in which they are to be run; none where all is there.

    Tables and views that are missing are made, columns and indexes added, texts that are too short widened,
    and an index or a view that lacks columns is made anew. What a database has beyond its description is left alone.
    """
    inspector = sa.inspect(connection)
    there = {*inspector.get_table_names(), *inspector.get_view_names()}
    statements: list[str] = []
    for table in schema.tables:
        if table.name in there:
            statements += _altered(table, inspector, connection.dialect)
        else:
            statements += _created(table.name, schema, connection)
    if not {column.name for column in schema.view.columns} <= _columns_of_view(
        connection, schema.view, there
    ):
        statements += _created(schema.view.name, schema, connection)
    return statements


def columns_of(connection: sa.Connection, table: sa.Table) -> set[str]:
    """The names of the columns of a table or a view; asks for no right but to read, unlike the server's catalogue."""
    return {*connection.execute(sa.select(sa.literal_column("*")).select_from(table).limit(0)).keys()}


def _columns_of_view(connection: sa.Connection, view: sa.Table, there: set[str]) -> set[str]:
    """None where it is not there, or cannot be read, as one that names an index which is gone."""
    try:
        return columns_of(connection, view) if view.name in there else set()
    except sa.exc.DBAPIError:
        return set()


def _created(name: str, schema: Schema, connection: sa.Connection) -> Iterator[str]:
    for statement in create_statements(schema, connection.dialect.name):
        if statement.makes == name:
            yield statement.sql


def _altered(table: sa.Table, inspector: sa.Inspector, dialect: sa.Dialect) -> Iterator[str]:
    has = {column["name"]: column for column in inspector.get_columns(table.name)}
    for column in table.columns:
        if column.name not in has:
            yield f"ALTER TABLE {table.name} ADD COLUMN {_described(column, dialect, null=True)}"
        elif dialect.name == "mysql" and _is_shorter(has[column.name]["type"], column.type):
            # SQLite keeps texts of any length whatever it was told.
            yield f"ALTER TABLE {table.name} MODIFY COLUMN {_described(column, dialect, null=False)}"
    indexes = {index["name"]: index["column_names"] for index in inspector.get_indexes(table.name)}
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        has_columns = indexes.get(str(index.name))
        if has_columns and has_columns != index.columns.keys():
            yield str(DropIndex(index).compile(dialect=dialect)).strip()
        if has_columns != index.columns.keys():
            yield str(CreateIndex(index).compile(dialect=dialect))


def _described(column: sa.Column[object], dialect: sa.Dialect, *, null: bool) -> str:
    """The column as CREATE TABLE has it; with `null`, rows that are there already may go without a value."""
    sql = str(CreateColumn(column).compile(dialect=dialect))
    return sql if not null or column.server_default is not None else sql.replace(" NOT NULL", "", 1)


def _is_shorter(has: sa.types.TypeEngine[object], described: sa.types.TypeEngine[object]) -> bool:
    if not (isinstance(has, sa.String) and isinstance(described, sa.String)):
        return False
    return bool(has.length and described.length and has.length < described.length)
