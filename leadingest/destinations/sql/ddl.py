"""The SQL that makes the tables and the view: for people to read, for `prepare` to run, and what a database lacks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn, CreateIndex, DropIndex

from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.dialects import dialect_of
from leadingest.destinations.sql.dialects.dialect import indexes_of
from leadingest.destinations.sql.known_keys import keys_of_history, with_keys
from leadingest.destinations.sql.schema import FORMER_NAME, Schema, schema_of
from leadingest.destinations.sql.view import view_sql
from leadingest.documents.nearest import listed
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

_HEAD = """\
-- The tables that leadingest loads leads into, and the view that shows them.
-- Made from ddl/{table}.yaml by `leadingest ddl --dialect {dialect}`; change that file, not this one.
"""

#: Seconds; to make all tables takes one or two.
_UNTIL_PREPARED = 60

_FIXED_BY_DIFF = "`leadingest ddl --diff` prints the SQL to fix it; tables are never altered automatically"


@dataclass(frozen=True)
class Statement:
    """The SQL that makes one table or view."""

    makes: str
    sql: str


def ddl_text(table: LoadTable, dialect: str) -> str:
    """The SQL of all tables and the view, to be run as it is and as often as one likes.

    `dialect` is one of DIALECT_NAMES; no driver is needed.
    """
    statements = create_statements(schema_of(table, dialect_of(dialect)))
    head = _HEAD.format(table=table.name, dialect=dialect)
    return "\n".join([head, *(f"{each.sql};\n" for each in statements)])


@lru_cache(maxsize=16)
def create_statements(schema: Schema) -> tuple[Statement, ...]:
    """What makes each table, with its indexes, and then the view.

    The view relies on the table of keys, so whatever makes it adds those that are lacking first: an earlier version adds
    none, and may have loaded after there was a table of them.
    """
    dialect, view = schema.dialect, schema.view.name
    tables = (
        Statement(table.name, _tidy(sql)) for table in schema.tables for sql in dialect.create_table(table)
    )
    of_view = (_added_keys(schema), *dialect.create_view(view, view_sql(schema)))
    return (*tables, *(Statement(view, sql) for sql in of_view))


def _added_keys(schema: Schema) -> str:
    """What adds the keys that are lacking of loads that are there already."""
    added = with_keys(schema, keys_of_history(schema))
    sql = str(added.compile(dialect=schema.dialect.sql, compile_kwargs={"literal_binds": True}))
    return f"-- The keys of loads that an earlier version has made: the view relies on them.\n{_tidy(sql)}"


def _tidy(sql: str) -> str:
    sql = re.sub(r"^\)\s*(?=\w)", ") ", sql, flags=re.MULTILINE)
    lines = (line.rstrip().replace("\t", "    ") for line in sql.strip().splitlines())
    return "\n".join(line for line in lines if line)


def prepare(database: Database, schema: Schema) -> None:
    """Make what is missing; nothing is made or altered where all are there.

    Raises DestinationSetupError where a table or the view lacks columns, or a table has a former name.
    """
    if _is_all_there(database, schema):
        return
    # Several first runs at once would be in each other's way; whoever waits too long finds out what is still missing.
    with database.lock("prepare", wait=_UNTIL_PREPARED):
        _make_missing(database, schema)


def _make_missing(database: Database, schema: Schema) -> None:
    with database.reading() as connection:
        inspector = sa.inspect(connection)
        there = {*inspector.get_table_names(), *inspector.get_view_names()}
        _refuse_lacking_columns(connection, database, schema, there)
        statements = [
            sql for table in schema.tables if table.name not in there for sql in _created(table.name, schema)
        ]
        if schema.view.name not in there:
            statements += _created(schema.view.name, schema)
        elif schema.keys.name not in there:
            statements.append(_added_keys(schema))
    if statements:
        with database.writing() as connection, connection.begin():
            for sql in statements:
                connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def _is_all_there(database: Database, schema: Schema) -> bool:
    """Whether each table and the view have their columns, in one statement: it fails where one is missing.

    That is what is usual, so it is asked first; what is missing takes a look at each. It asks for no right but to read.
    """
    quote = schema.dialect.sql.identifier_preparer.quote
    # Names of tables and columns of ours, quoted.
    each = (
        f"EXISTS (SELECT {', '.join(map(quote, table.columns.keys()))} FROM {quote(table.name)} LIMIT 0)"  # noqa: S608
        for table in (*schema.tables, schema.view)
    )
    with database.reading() as connection:
        try:
            connection.exec_driver_sql(
                f"SELECT {', '.join(each)}", execution_options={"no_parameters": True}
            ).close()
        except sa.exc.DBAPIError:
            return False
    return True


def _refuse_lacking_columns(
    connection: sa.Connection, database: Database, schema: Schema, there: set[str]
) -> None:
    for table in (*schema.tables, schema.view):
        if former := _former(table, there):
            raise DestinationSetupError(
                f"the table {former} in {database.url} is called {table.name} now", hint=_FIXED_BY_DIFF
            )
        if table.name not in there:
            continue
        try:
            has = columns_of(connection, table)
        except sa.exc.DBAPIError:
            # A view may ask for a table that is about to be made.
            if table is schema.view and not all(each.name in there for each in schema.tables):
                continue
            raise
        if lacking := [column.name for column in table.columns if column.name not in has]:
            kind = "view" if table is schema.view else "table"
            raise DestinationSetupError(
                f"the {kind} {table.name} in {database.url} is missing {listed(lacking, last='and')}",
                hint=_FIXED_BY_DIFF,
            )


def lacking(connection: sa.Connection, schema: Schema) -> list[str]:
    """The statements, without semicolons, in the order in which they are to be run; none where all is there.

    Tables and views that are missing are made, tables that have a former name renamed, columns and indexes added, texts
    that are too short widened, and an index or a view that lacks columns is made again; so is the view where an index of
    the load table is, for it is written for them. Lead keys are added where an earlier version has loaded without them.
    What a database has beyond its description is left alone.
    """
    inspector = sa.inspect(connection)
    there = {*inspector.get_table_names(), *inspector.get_view_names()}
    statements: list[str] = []
    indexes_of_leads: list[str] = []
    for table in schema.tables:
        if table.name in there:
            statements += _altered_columns(table, inspector, schema, connection.dialect)
            indexes = list(_altered_indexes(table, inspector, connection.dialect))
            statements += indexes
            indexes_of_leads += indexes if table is schema.leads else []
        elif former := _former(table, there):
            statements.append(f"ALTER TABLE {former} RENAME TO {table.name}")
        else:
            statements += _created(table.name, schema)
    shown = {column.name for column in schema.view.columns}
    if indexes_of_leads or not shown <= _columns_of_view(connection, schema.view, there):
        statements += _created(schema.view.name, schema)
    elif schema.keys.name not in there or _lacks_keys(connection, schema):
        statements.append(_added_keys(schema))
    return statements


def _former(table: sa.Table, there: set[str]) -> str:
    """The name that an earlier version gave the table, if the database has it under that name; else ""."""
    former = str(table.info.get(FORMER_NAME, ""))
    return former if former in there and table.name not in there else ""


def columns_of(connection: sa.Connection, table: sa.Table) -> set[str]:
    """The names of the columns of a table or a view; asks for no right but to read, unlike the server's catalog."""
    return {*connection.execute(sa.select(sa.literal_column("*")).select_from(table).limit(0)).keys()}


def _columns_of_view(connection: sa.Connection, view: sa.Table, there: set[str]) -> set[str]:
    """None where it is not there, or cannot be read, as one that names an index which is gone."""
    try:
        return columns_of(connection, view) if view.name in there else set()
    except sa.exc.DBAPIError:
        return set()


def _created(name: str, schema: Schema) -> Iterator[str]:
    """What makes a table or the view."""
    return (statement.sql for statement in create_statements(schema) if statement.makes == name)


def _lacks_keys(connection: sa.Connection, schema: Schema) -> bool:
    """Whether the view lacks keys of what it shows; to look through all loads would take long."""
    shown = schema.loads.c.load_id.in_(sa.select(schema.published.c.load_id))
    return bool(connection.scalar(sa.select(keys_of_history(schema, shown).exists())))


def _altered_columns(
    table: sa.Table, inspector: sa.Inspector, schema: Schema, dialect: sa.Dialect
) -> Iterator[str]:
    has = {column["name"]: column for column in inspector.get_columns(table.name)}
    for column in table.columns:
        if column.name not in has:
            yield f"ALTER TABLE {table.name} ADD COLUMN {_described(column, dialect, null=True)}"
        elif _is_shorter(has[column.name]["type"], column.type) and (
            wider := schema.dialect.widen(column, _described(column, dialect, null=False))
        ):
            yield wider


def _altered_indexes(table: sa.Table, inspector: sa.Inspector, dialect: sa.Dialect) -> Iterator[str]:
    indexes = {index["name"]: index["column_names"] for index in inspector.get_indexes(table.name)}
    for index in indexes_of(table):
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
