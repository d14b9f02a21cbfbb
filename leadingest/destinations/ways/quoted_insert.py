"""INSERT of many rows in one statement, for MySQL servers that forbid LOAD DATA LOCAL."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.ways.driver_insert import DriverInsert
from leadingest.destinations.ways.mysql_warnings import refuse_warnings
from leadingest.destinations.ways.row_text import with_constants
from leadingest.destinations.ways.way import Constant

#: Bytes of a statement: larger ones are no faster. Source: measured with 1,000,000 rows, 0.5 to 8 MiB.
_STATEMENT = 1 << 20

#: Stand for the quotes around texts until the driver has quoted what is between them: the first one that
#: no text holds. Control characters, which the driver's quoting leaves as they are.
_MARKS = "\x01\x02\x03\x04\x05\x06\x07"


class QuotedInsert:
    """INSERT … VALUES (…), (…): laid out by polars, quoted as a whole by the driver's own function.

    `packet` is the server's max_allowed_packet, in bytes.
    """

    name = "INSERT"

    def __init__(self, *, packet: int) -> None:
        self._statement = min(_STATEMENT, packet // 2)

    def write(
        self,
        connection: sa.Connection,
        table: sa.Table,
        rows: pl.DataFrame,
        constants: Mapping[str, Constant],
    ) -> int:
        """Write all rows, in as many statements as their size asks for."""
        plain = with_constants(rows, constants)
        return sum(
            self._insert(connection, table, slice_) for slice_ in plain.iter_slices(self._rows_at_once(plain))
        )

    def _rows_at_once(self, rows: pl.DataFrame) -> int:
        bytes_of_a_row = rows.estimated_size() / rows.height + 4 * rows.width
        return max(1, int(self._statement / bytes_of_a_row))

    def _insert(self, connection: sa.Connection, table: sa.Table, rows: pl.DataFrame) -> int:
        values = _values(connection, rows)
        if values is None:
            return DriverInsert().write(connection, table, rows, {})
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(map(quote, rows.columns))
        into = f"INSERT INTO {quote(table.name)} ({columns}) VALUES "  # noqa: S608  # names of ours, quoted
        try:
            done = connection.exec_driver_sql(f"{into}({values})", execution_options={"no_parameters": True})
        except sa.exc.DBAPIError as error:
            # SQLAlchemy tells the statement, and this one is made of data.
            error.statement = f"{into}..."
            raise
        refuse_warnings(connection, table.name)
        return done.rowcount


def _values(connection: sa.Connection, rows: pl.DataFrame) -> str | None:
    """The rows as `'a', 1), ('b', NULL`: what stands in the outermost brackets. None where no mark is free."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # a connection that is open has one
    texts = [column for column in rows if column.dtype == pl.String]
    quotes = 2 * sum(rows.height - column.null_count() for column in texts)
    for mark in _MARKS:
        laid_out = BytesIO()
        rows.write_csv(
            laid_out,
            include_header=False,
            quote_style="non_numeric",
            quote_char=mark,
            null_value="NULL",
            line_terminator="),(",
        )
        values = laid_out.getvalue().removesuffix(b"),(")
        if values.count(mark.encode()) == quotes:
            quoted: bytes = driver.escape_string(values)
            return quoted.replace(mark.encode(), b"'").decode()
    return None
