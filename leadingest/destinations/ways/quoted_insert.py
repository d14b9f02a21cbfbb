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
from leadingest.errors import DestinationError
from leadingest.tables.rejects import CUT

#: Bytes of a statement: larger ones are no faster. Source: measured with 1,000,000 rows, 0.5 to 8 MiB.
_STATEMENT = 1 << 20

#: Stand for the quotes around texts until the driver has quoted what is between them: the first one that
#: no text holds. Control characters, which the driver's quoting leaves as they are.
_MARKS = "\x01\x02\x03\x04\x05\x06\x07"

#: Texts that are kept for people to look at, as long as they came, by table. A lead is never cut.
_MAY_BE_CUT = {"load_rejects": ("message", "raw_record"), "load_invalid_values": ("header", "raw_value")}


class QuotedInsert:
    """INSERT … VALUES (…), (…): laid out by polars, quoted as a whole by the driver's own function.

    `packet` is the server's max_allowed_packet, in bytes.
    """

    name = "INSERT"

    def __init__(self, *, packet: int) -> None:
        self._packet, self._statement = packet, min(_STATEMENT, packet // 2)

    def write(
        self,
        connection: sa.Connection,
        table: sa.Table,
        rows: pl.DataFrame,
        constants: Mapping[str, Constant],
    ) -> int:
        """Write all rows, in as many statements as their size asks for."""
        plain = self._cut(table, with_constants(rows, constants))
        return sum(
            self._insert(connection, table, slice_) for slice_ in plain.iter_slices(self._rows_at_once(plain))
        )

    def _cut(self, table: sa.Table, rows: pl.DataFrame) -> pl.DataFrame:
        """With texts that are too long cut, which say so: a row with all of them fits, whatever is escaped in it."""
        most = self._packet // 8
        long = {
            name: pl.when(pl.col(name).str.len_bytes() > most)
            # A character has four bytes at most.
            .then(pl.col(name).str.head(most // 4) + CUT)
            .otherwise(pl.col(name))
            for name in _MAY_BE_CUT.get(table.name, ())
            if name in rows.columns
        }
        return rows.with_columns(**long)

    def _rows_at_once(self, rows: pl.DataFrame) -> int:
        bytes_of_a_row = rows.estimated_size() / rows.height + 4 * rows.width
        return max(1, int(self._statement / bytes_of_a_row))

    def _insert(self, connection: sa.Connection, table: sa.Table, rows: pl.DataFrame) -> int:
        values = _values(connection, rows)
        if values is None:
            return DriverInsert().write(connection, table, rows, {})
        if len(values) > self._packet * 3 // 4:
            if rows.height == 1:
                raise DestinationError(
                    f"a row of {table.name} is larger than the server takes at once",
                    hint="as an administrator, raise max_allowed_packet, or allow local_infile; nothing of this load is visible",
                )
            middle = rows.height // 2
            halves = (rows.head(middle), rows.tail(-middle))
            return sum(self._insert(connection, table, half) for half in halves)
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(map(quote, rows.columns))
        into = f"INSERT INTO {quote(table.name)} ({columns}) VALUES "  # noqa: S608  # names of ours, quoted
        try:
            done = connection.exec_driver_sql(
                f"{into}({values.decode()})", execution_options={"no_parameters": True}
            )
        except sa.exc.DBAPIError as error:
            # SQLAlchemy tells the statement, and this one is made of data.
            error.statement = f"{into}..."
            raise
        refuse_warnings(connection, table.name)
        return done.rowcount


def _values(connection: sa.Connection, rows: pl.DataFrame) -> bytes | None:
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
            return quoted.replace(mark.encode(), b"'")
    return None
