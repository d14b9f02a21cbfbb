"""Find the header of a sheet, and where its table begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.deliveries.header_names import ROW_NAMES, clean_names, holds_all, joined_names
from leadingest.deliveries.readers.text_header import LINES_SEARCHED, no_such_header
from leadingest.deliveries.records import PREAMBLE_CHARACTERS, PREAMBLE_LINES
from leadingest.deliveries.workbook.cells import MOST_COLUMNS
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, RowNames

#: So many rows below the header tell where the table begins on the left.
_ROWS_LOOKED_AT: Final = 100
#: So many rows that hold something must be there to find a header and to look at what is below it.
ROWS_NEEDED: Final = LINES_SEARCHED + _ROWS_LOOKED_AT


@dataclass(frozen=True)
class SheetHeader:
    """The names, the last row before the records, and the first column of the table; both count from 1."""

    names: tuple[str, ...]
    last_row: int
    first_column: int
    #: Whether the last row is the header; otherwise there is none.
    is_header: bool = True
    #: The rows above the table, as Layout keeps them: their cells with blanks between.
    preamble: tuple[str, ...] = ()
    #: The texts of each row of a header that has several.
    rows: tuple[tuple[str, ...], ...] = ()
    #: What stands there in the place of the names, where the mapping gives them.
    replaced: tuple[str, ...] = ()


def rows_passed_over(fmt: DeliveryFormat) -> int:
    """How many rows stand above the first that may be the header."""
    return fmt.skip_lines + (fmt.header - 1 if isinstance(fmt.header, int) else 0)


def find_sheet_header(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> SheetHeader:
    """The header among the first cells of a sheet: `row`, `column`, `text` and `uncomputed` of each.

    Columns left of the header in which the next 100 rows have nothing are not taken for part of the table.
    Raises DeliveryError when there is no header.
    """
    all_cells = cells.sort("row", "column")
    cells = all_cells.filter(pl.col("row") > rows_passed_over(fmt))
    header = cells.clear() if fmt.header == "none" else _header_cells(cells, fmt, name)
    first_row = int(header["row"][0]) if header.height else fmt.skip_lines
    row = first_row + fmt.header_rows - 1
    header = _joined(cells, first_row, row) if row > first_row else header
    rows = cells.filter(pl.col("row") > row)["row"].unique(maintain_order=True).head(_ROWS_LOOKED_AT)
    table = cells.filter(pl.col("row").is_in([*range(first_row, row + 1), *rows]))
    first = int(table["column"].to_numpy().min(initial=MOST_COLUMNS))
    above = pl.col("row") < first_row if header.height else pl.col("row") <= row
    return SheetHeader(
        clean_names(fmt.names) if fmt.names else _with_row_names(_names(header, first), fmt),
        row,
        first,
        header.height > 0,
        _preamble(all_cells.filter(above)),
        rows=_rows_of(cells, first_row, row, range(first, first + len(_names(header, first))))
        if row > first_row
        else (),
        replaced=_names(header, first) if fmt.names and header.height else (),
    )


def _joined(cells: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """The columns and texts of the header that has all rows from the first to the last."""
    found = cells.filter(pl.col("row").is_between(first, last))
    columns = range(int(found["column"].to_numpy().min()), int(found["column"].to_numpy().max()) + 1)
    names = joined_names(_rows_of(found, first, last, columns))
    return pl.DataFrame({"column": columns, "text": names}).filter(pl.col("text") != "")


def _rows_of(cells: pl.DataFrame, first: int, last: int, columns: range) -> tuple[tuple[str, ...], ...]:
    """The texts of these rows and columns, "" where there is none."""
    rows = (cells.filter(pl.col("row") == row).select("column", "text") for row in range(first, last + 1))
    by_column = (dict(row.iter_rows()) for row in rows)
    return tuple(tuple(texts.get(column, "") for column in columns) for texts in by_column)


def _preamble(cells: pl.DataFrame) -> tuple[str, ...]:
    rows = cells.group_by("row", maintain_order=True).agg(pl.col("text").str.join(" ")).head(PREAMBLE_LINES)
    return tuple(rows["text"].str.head(PREAMBLE_CHARACTERS))


def _names(header: pl.DataFrame, first: int) -> tuple[str, ...]:
    """The names from the first column of the table to the last that has one."""
    by_column = dict(zip(header["column"], clean_names(header["text"]), strict=True))
    last = max(column for column, name in by_column.items() if name)
    return tuple(by_column.get(column, "") for column in range(first, last + 1))


def _with_row_names(names: tuple[str, ...], fmt: DeliveryFormat) -> tuple[str, ...]:
    """The names; in a sheet the place of the one that is missing is there."""
    return (ROW_NAMES, *names[1:]) if isinstance(fmt.header, RowNames) and not names[0] else names


def _header_cells(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> pl.DataFrame:
    header = (
        _matching(cells, fmt.header, fmt, name) if isinstance(fmt.header, tuple) else _first(cells, fmt, name)
    )
    row = int(header["row"][0])
    if header["uncomputed"].any():
        raise DeliveryError(
            f"{name}: row {row}: a header is a formula that was never computed",
            hint="open the workbook in a spreadsheet program and save it, which computes the formulas",
            line=row,
        )
    return header


def _matching(cells: pl.DataFrame, wanted: tuple[str, ...], fmt: DeliveryFormat, name: str) -> pl.DataFrame:
    for row in _rows(cells.filter(pl.col("row") <= fmt.skip_lines + LINES_SEARCHED)):
        at = int(row["row"][0])
        held = _joined(cells, at, at + fmt.header_rows - 1) if fmt.header_rows > 1 else row
        if holds_all(held["text"], wanted):
            return row
    raise no_such_header(name, wanted, LINES_SEARCHED)


def _first(cells: pl.DataFrame, fmt: DeliveryFormat, name: str) -> pl.DataFrame:
    """The first row that is not blank, or the one that the mapping says."""
    wanted = rows_passed_over(fmt) + 1
    for row in _rows(cells):
        if isinstance(fmt.header, int) and row["row"][0] != wanted:
            break
        if any(clean_names(row["text"])):
            return row
    raise DeliveryError(
        f"{name}: no header found: row {wanted} of the sheet is blank",
        hint="set `sheet`, `header` and `skip_lines` in the mapping to where the header is",
        line=wanted,
    )


def _rows(cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for _, row in cells.group_by("row", maintain_order=True):
        yield row
