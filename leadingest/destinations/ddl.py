"""The SQL that makes the tables and the view: for people to read, and for `prepare` to run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from leadingest.destinations.schema import Schema, schema_of
from leadingest.destinations.view import view_sql
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError
from leadingest.tables.load_table import LoadTable

# With named parameters, which SQL on its own has none of: with MySQL's usual ones each % would be doubled.
_DIALECTS: dict[str, Dialect] = {
    "mysql": mysql.dialect(paramstyle="named"),
    "sqlite": sqlite.dialect(paramstyle="named"),
}
DIALECTS = tuple(_DIALECTS)

_HEAD = """\
-- The tables that leadingest loads leads into, and the view that shows them.
-- Made from ddl/{table}.yaml by `leadingest ddl --dialect {dialect}`; change that file, not this one.
"""


@dataclass(frozen=True)
class Statement:
    """The SQL that makes one table or view."""

    makes: str
    sql: str


def ddl_text(table: LoadTable, dialect: str) -> str:
    """The SQL of all tables and the view, to be run as it is and as often as one likes.

    `dialect` is mysql (MariaDB as well) or sqlite; no driver is needed. Raises UsageError for another.
    """
    if dialect not in _DIALECTS:
        known = ", ".join(_DIALECTS)
        raise UsageError(
            f"there is no SQL dialect {dialect!r}; known: {known}{did_you_mean(dialect, _DIALECTS)}"
        )
    statements = create_statements(schema_of(table), dialect)
    head = _HEAD.format(table=table.name, dialect=dialect)
    return "\n".join([head, *(f"{each.sql};\n" for each in statements)])


def create_statements(schema: Schema, dialect: str) -> Iterator[Statement]:
    """What makes each table, with its indexes, and then the view; `dialect` is mysql or sqlite."""
    for table in schema.tables:
        yield from _table(table, _DIALECTS[dialect])
    yield from _view(schema, _DIALECTS[dialect])


def _table(table: sa.Table, dialect: Dialect) -> Iterator[Statement]:
    sql = str(CreateTable(table, if_not_exists=True).compile(dialect=dialect))
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    if dialect.name == "mysql":
        # MySQL has no CREATE INDEX IF NOT EXISTS: an index belongs into the table for the SQL to be repeatable.
        keys = "".join(f", \n\tKEY {index.name} ({', '.join(index.columns.keys())})" for index in indexes)
        sql = re.sub(r"\n\)", lambda end: f"{keys}\n)", sql, count=1)
        yield Statement(table.name, _tidy(sql))
        return
    yield Statement(table.name, _tidy(sql))
    for index in indexes:
        create = CreateIndex(index, if_not_exists=True).compile(dialect=dialect)
        yield Statement(table.name, _tidy(str(create)))


def _view(schema: Schema, dialect: Dialect) -> Iterator[Statement]:
    name, create = schema.view.name, "CREATE VIEW"
    if dialect.name == "mysql":
        create = "CREATE OR REPLACE VIEW"
    else:
        yield Statement(name, f"DROP VIEW IF EXISTS {name}")
    yield Statement(name, f"{create} {name} AS\n{view_sql(schema, dialect)}")


def _tidy(sql: str) -> str:
    sql = re.sub(r"^\)(?=\w)", ") ", sql, flags=re.MULTILINE)
    lines = (line.rstrip().replace("\t", "    ") for line in sql.strip().splitlines())
    return "\n".join(line for line in lines if line)
