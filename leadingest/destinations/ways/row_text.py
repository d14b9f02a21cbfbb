"""Values as the texts in which all databases take them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from leadingest.destinations.ways.way import Constant

#: Times with microseconds, as MySQL's DATETIME(6) and SQLAlchemy's SQLite have them.
_TIME = "%Y-%m-%d %H:%M:%S%.6f"


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
