"""What every bulk writer promises, the one that every database takes, and the forms of values that they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl
import sqlalchemy as sa

#: A value that all rows have in common.
Constant = int | str

#: Times with microseconds, as MySQL's DATETIME(6) and SQLAlchemy's SQLite have them.
_TIME = "%Y-%m-%d %H:%M:%S%.6f"
#: Rows that are in memory as Python's objects, which take several times their room.
_AT_ONCE = 5_000
#: By the style that a driver says it has. Source: PEP 249, "paramstyle".
_PLACEHOLDERS = {"qmark": "?", "format": "%s", "pyformat": "%s"}


class BulkWriter(Protocol):
    """Writes rows through one connection, in the transaction that is open on it."""

    #: What it is called in reports: `LOAD DATA`.
    name: str

    def write(
        self,
        connection: sa.Connection,
        table: sa.Table,
        rows: pl.DataFrame,
        constants: Mapping[str, Constant],
    ) -> int:
        """Write all rows, each with the constants beside its own columns; gives how many the database took.

        The columns of `rows` are named as those of the table; one that neither has stays null. Raises what
        SQLAlchemy raises, or DestinationError where the server took the rows under protest.
        """


@dataclass(frozen=True)
class Writer:
    """A connection, and what writes rows through it."""

    connection: sa.Connection
    bulk: BulkWriter

    def write(self, table: sa.Table, rows: pl.DataFrame, constants: Mapping[str, Constant]) -> int:
        """Write all rows, as `BulkWriter.write` does."""
        return self.bulk.write(self.connection, table, rows, constants)


class DriverInsert:
    """INSERT of one row at a time, as often as there are rows: every database can do it."""

    name = "INSERT"

    def write(
        self,
        connection: sa.Connection,
        table: sa.Table,
        rows: pl.DataFrame,
        constants: Mapping[str, Constant],
    ) -> int:
        """Write all rows through the driver's `executemany`."""
        plain = with_constants(rows, constants)
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(map(quote, plain.columns))
        values = ", ".join([_PLACEHOLDERS[connection.dialect.paramstyle]] * plain.width)
        # Names of tables and columns of ours, quoted; the values go beside it.
        sql = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({values})"  # noqa: S608
        return sum(
            connection.exec_driver_sql(sql, part.rows()).rowcount for part in plain.iter_slices(_AT_ONCE)
        )


def without_blanks(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns that have any value at all: a table fills the others with null by itself."""
    return rows.select(column.name for column in rows if column.null_count() < rows.height)


def with_constants(rows: pl.DataFrame, constants: Mapping[str, Constant]) -> pl.DataFrame:
    """The rows as plain values, each with what is the same in all of them, and without columns that are blank."""
    same = (pl.lit(value).alias(name) for name, value in constants.items())
    return as_plain(without_blanks(rows)).with_columns(same)


def as_plain(rows: pl.DataFrame) -> pl.DataFrame:
    """Texts and whole numbers alone: exact decimals, days and times as text, yes and no as 1 and 0."""
    return rows.select(_plain(name, dtype) for name, dtype in rows.schema.items())


def _plain(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.Boolean:
        return column.cast(pl.Int8)
    if isinstance(dtype, pl.Datetime):
        return column.dt.strftime(_TIME)
    if dtype == pl.Date or dtype.is_decimal():
        return column.cast(pl.String)
    return column
