"""What every bulk writer promises, and the forms of values that they have in common."""

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
