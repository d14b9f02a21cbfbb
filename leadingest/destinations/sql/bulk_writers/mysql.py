r"""How a MySQL server takes many rows: LOAD DATA, or one INSERT of many rows where the server forbids that.

LOAD DATA LOCAL INFILE is fed through a pipe. The format is the server's default: tabs between values, a line feed
after each row, a backslash before what would be mistaken, `\N` for null.
Source: MySQL reference manual, "LOAD DATA Statement".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Thread

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.sql.bulk_writers.bulk_writer import (
    Constant,
    DriverInsert,
    as_plain,
    with_constants,
    without_blanks,
)
from leadingest.errors import DestinationError
from leadingest.tables.rejects import CUT

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}

#: Bytes of a statement: larger ones are no faster. Source: measured with 1,000,000 rows, 0.5 to 8 MiB.
_STATEMENT = 1 << 20

#: Stand for the quotes around texts until the driver has quoted what is between them: the first one that
#: no text holds. Control characters, which the driver's quoting leaves as they are.
_MARKS = "\x01\x02\x03\x04\x05\x06\x07"

#: Texts that are kept for people to look at, as long as they came, by table. A lead is never cut.
_MAY_BE_CUT = {"load_rejects": ("message", "raw_record"), "load_invalid_values": ("header", "raw_value")}
#: Where the system shows open files as paths.
_OPEN_FILES = Path("/dev/fd")


class LoadData:
    """LOAD DATA: the server parses the rows itself, which is the least work for both sides."""

    name = "LOAD DATA"

    def write(
        self,
        connection: sa.Connection,
        table: sa.Table,
        rows: pl.DataFrame,
        constants: Mapping[str, Constant],
    ) -> int:
        """Write all rows in one statement."""
        plain = as_plain(without_blanks(rows))
        with piped(lines_of(plain)) as path:
            done = connection.exec_driver_sql(
                _statement(connection, table, plain.columns, path, constants), tuple(constants.values())
            )
        _refuse_warnings(connection, table.name)
        return done.rowcount


def _statement(
    connection: sa.Connection,
    table: sa.Table,
    columns: list[str],
    path: str,
    constants: Mapping[str, Constant],
) -> str:
    quote = connection.dialect.identifier_preparer.quote
    named = ", ".join(map(quote, columns))
    same = ", ".join(f"{quote(name)} = %s" for name in constants)
    return (
        f"LOAD DATA LOCAL INFILE '{path}' INTO TABLE {quote(table.name)} CHARACTER SET utf8mb4 "
        rf"FIELDS TERMINATED BY '\t' ESCAPED BY '\\' LINES TERMINATED BY '\n' ({named}) SET {same}"
    )


def lines_of(rows: pl.DataFrame) -> memoryview:
    """The rows, texts and whole numbers, in the format of LOAD DATA."""
    lines = BytesIO()
    rows.select(_escaped(name, dtype) for name, dtype in rows.schema.items()).write_csv(
        lines, include_header=False, separator="\t", quote_style="never", null_value="\\N"
    )
    return lines.getbuffer()


def _escaped(name: str, dtype: pl.DataType) -> pl.Expr:
    # To look first whether there is anything to escape costs as much as to do it.
    column = pl.col(name)
    return column.str.replace_many(_ESCAPES) if dtype == pl.String else column


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
                    f"a row of {table.name} is larger than the server accepts",
                    hint="as an administrator, raise max_allowed_packet, or allow local_infile; this load was not published",
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
        _refuse_warnings(connection, table.name)
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


def _refuse_warnings(connection: sa.Connection, table: str) -> None:
    """Raise DestinationError if the last statement left any warning: a value cut, bent or left out.

    LOAD DATA LOCAL turns errors into warnings and goes on, for the file is on the other side.
    """
    driver = connection.connection.driver_connection
    if driver is None or not driver.warning_count():
        return
    warnings = connection.exec_driver_sql("SHOW WARNINGS LIMIT 1").all()
    what = _without_data(str(warnings[0][2]), int(warnings[0][1])) if warnings else "a warning"
    raise DestinationError(
        f"the database would change a row of {table}: {what}",
        hint="this load was not published; check that the table matches `leadingest ddl`",
    )


def _without_data(message: str, number: int) -> str:
    """The number and the column of a warning; its words may quote a value."""
    column = re.search(r"for column (?:\S+\.)?[`'](?P<name>\w+)[`'](?: at row \d+)?$", message)
    return f"{column['name']}, error {number}" if column else f"error {number}"


def pipes_have_paths() -> bool:
    """Whether this system can do it: Linux, macOS and the BSDs can."""
    return _OPEN_FILES.is_dir()


@contextmanager
def piped(data: bytes | memoryview) -> Iterator[str]:
    """A path that whoever opens it within the block reads the data from, once. Nothing is written to disk."""
    reading, writing = os.pipe()
    feeder = Thread(target=_feed, args=(writing, data), name="leadingest-pipe", daemon=True)
    feeder.start()
    try:
        yield str(_OPEN_FILES / str(reading))
    finally:
        # A feeder that nobody listens to any more ends here with a broken pipe.
        os.close(reading)
        feeder.join()


def _feed(writing: int, data: bytes | memoryview) -> None:
    try:
        with open(writing, "wb", buffering=0) as pipe:
            left = memoryview(data)
            while left:
                left = left[pipe.write(left) :]
    except BrokenPipeError:
        # The reader did not want all of it: it has its own error to tell, or counts fewer rows.
        return
