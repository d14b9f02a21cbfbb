r"""MySQL's own way for many rows: LOAD DATA LOCAL INFILE, fed through a pipe.

The format is the server's default for LOAD DATA: tabs between values, a line feed after each row, a
backslash before what would be mistaken, `\N` for null.
Source: MySQL reference manual, "LOAD DATA Statement".
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.ways.mysql_warnings import refuse_warnings
from leadingest.destinations.ways.pipe import piped
from leadingest.destinations.ways.row_text import as_plain, without_blanks
from leadingest.destinations.ways.way import Constant

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}


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
        refuse_warnings(connection, table.name)
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
