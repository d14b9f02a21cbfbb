"""INSERT, with the values handed to the driver."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.sql.bulk_writers.bulk_writer import Constant, with_constants

#: Rows that are in memory as Python's objects, which take several times their room.
_AT_ONCE = 5_000
#: By the style that a driver says it has. Source: PEP 249, "paramstyle".
_PLACEHOLDERS = {"qmark": "?", "format": "%s", "pyformat": "%s"}


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
