"""Read a sheet of a workbook as text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import polars as pl

from leadingest.deliveries.batch_filters import (
    filled_down,
    with_readable,
    with_total_row,
    without_repeated_header,
)
from leadingest.deliveries.byte_streams import most_unpacked, too_many_texts
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.footer import LastRow, footer_length, held_back
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.dialect import CsvDialect
from leadingest.deliveries.readers.sheet_table import (
    ROWS_NEEDED,
    SheetHeader,
    SheetTable,
    find_sheet_header,
    rows_passed_over,
)
from leadingest.deliveries.records import Layout, RecordBatch, Records, batch_records
from leadingest.deliveries.repeat import Repeat
from leadingest.deliveries.workbook.book import SheetChoice, read_book
from leadingest.deliveries.workbook.merged_cells import FilledDown
from leadingest.deliveries.workbook.package import open_workbook
from leadingest.deliveries.workbook.sheet_rows import SheetRows
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, FooterMatch
from leadingest.wording import counted


class Rows(Protocol):
    """The rows of a sheet, to be gone through once: SheetRows says what is in them."""

    merged: pl.DataFrame
    remarks: tuple[str, ...]

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Cells by whole rows."""

    def hidden_after(self, row: int) -> int:
        """How many of the rows gone through are hidden, hold something, and stand below this one."""

    def damaged(self) -> DeliveryError:
        """What to say where something is not as it must be."""


@contextmanager
def read_xlsx(
    delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
) -> Iterator[Records]:
    """The records of one sheet, of which `block_size` bytes of XML are read at a time. Rows are its lines.

    Every cell is the text that a person reads in it: numbers without an exponent or a fraction of zeros, with
    what formats such as 00000 and "CA-"00000 add to them (`DigitMasks`); dates as 2021-05-01, with a time of day
    where it is not midnight; true and false; an error as #N/A, which no lead is made of. Hidden rows and columns are
    read like others, blank rows are none, and a cell merged over several rows stands in each.
    """
    with open_workbook(delivery, fmt) as package:
        book = read_book(package)
        sheet = book.sheet(fmt.sheet, delivery.name)
        rows = SheetRows(package, book, sheet, size=block_size)
        yield sheet_records(delivery, format_name, fmt, SheetChoice(book, sheet), rows)


def sheet_records(
    delivery: Delivery, format_name: str, fmt: DeliveryFormat, choice: SheetChoice, rows: Rows
) -> Records:
    """The records in the rows of a sheet, and what is to be said of its choice. Raises DeliveryError where it is empty."""
    name, noticed = delivery.name, Noticed()
    pieces = _within(rows.pieces(), fmt.columns, noticed)
    first = _first_cells(pieces, rows_passed_over(fmt))
    if first is None:
        raise choice.empty(name)
    top = FilledDown(rows.merged, rows.damaged).batch(first)
    header = find_sheet_header(top, fmt, name)
    return _SheetRecords(
        name=name,
        format=format_name,
        header=header,
        repeat=Repeat.of(fmt, header.names),
        footer=fmt.footer,
        fill_down=fmt.fill_down,
        until_blank=fmt.until == "blank",
        noticed=noticed,
        cells=chain([first], pieces),
        rows=rows,
        most_bytes=most_unpacked(delivery.size),
        of_sheet=() if fmt.sheet else choice.remarks,
    )


def _first_cells(pieces: Iterator[pl.DataFrame], passed_over: int) -> pl.DataFrame | None:
    """The cells of enough rows to find the header in; None of an empty sheet."""
    taken: list[pl.DataFrame] = []
    rows = 0
    for piece in pieces:
        taken.append(piece)
        rows += piece.filter(pl.col("row") > passed_over)["row"].n_unique()
        if rows >= ROWS_NEEDED:
            break
    return pl.concat(taken) if taken else None


@dataclass(frozen=True, kw_only=True)
class _SheetRecords:
    name: str
    format: str
    header: SheetHeader
    repeat: Repeat
    footer: int | FooterMatch
    cells: Iterator[pl.DataFrame]
    rows: Rows
    #: Of all its texts together, as they stand in the cells.
    most_bytes: int
    #: What is to be said of the choice of the sheet.
    of_sheet: tuple[str, ...]
    noticed: Noticed
    fill_down: tuple[str, ...]
    #: Whether the table ends at the first blank row.
    until_blank: bool
    encoding: str = "utf-8"
    #: Rows that are no records are kept as lines of CSV.
    dialect: str = CsvDialect(",").as_text

    @property
    def headers(self) -> tuple[str, ...]:
        return self.repeat.headers

    @property
    def absent(self) -> tuple[str, ...]:
        return self.repeat.absent

    @property
    def layout(self) -> Layout:
        header = self.header
        fits = len(header.replaced) == len(header.names)
        return Layout(
            header.last_row if header.is_header else None,
            preamble=header.preamble,
            replaced=header.replaced if fits else (),
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        hidden = self.rows.hidden_after(self.header.last_row)
        rows = counted(hidden, "hidden row was", "hidden rows were")
        shown = [f"{rows} read like the others"] if hidden else []
        return (*self.of_sheet, *self.rows.remarks, *shown, *self.noticed.remarks())

    def batches(self) -> Iterator[RecordBatch]:
        batches = self._numbered()
        for row in self.header.rows or (self.header.names,):
            batches = without_repeated_header(batches, row, self.noticed)
        if self.fill_down:
            batches = filled_down(batches, self.fill_down, self.header.names, self.noticed, self.name)
        return self.repeat.batches(with_total_row(with_readable(batches, self.name), self.noticed))

    def _numbered(self) -> Iterator[RecordBatch]:
        first_record = 1
        for rows in self._without_footer(self._below_header()):
            yield _numbered(rows, first_record, len(self.header.names))
            first_record += rows.height

    def _without_footer(self, batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        hold = held_back(self.footer)
        last = pl.DataFrame()
        for batch in batches:
            rows = pl.concat([last, batch]) if last.height else batch
            ready = max(rows.height - hold, 0)
            if ready:
                yield rows.head(ready)
            last = rows.slice(ready)
        rows_there = [_last_row(row) for row in last.iter_rows(named=True)]
        length = footer_length(rows_there, self.footer, cells=len(self.header.names), name=self.name)
        self.noticed.footer_lines = length
        if length < last.height:
            yield last.head(last.height - length)

    def _below_header(self) -> Iterator[pl.DataFrame]:
        """The rows below the header that hold something, as SheetTable sets them out."""
        below = pl.col("row") > self.header.last_row
        # What is merged with a cell of the header or above is no value of the records.
        filled_down = FilledDown(self.rows.merged.filter(below), self.rows.damaged)
        names = self.header.names
        most = batch_records(names, self.name, places=len(self.repeat.places))
        table = SheetTable(self.header.first_column, len(names), most, self.name)
        pieces = (cells.filter(below) for cells in self.cells)
        taken = 0
        for cells in _until_blank(pieces, self.noticed) if self.until_blank else pieces:
            for rows in table.batches(filled_down.batch(cells)):
                # A shared or merged text stands in the file once, and in each of its cells here.
                taken += int(
                    rows.select(pl.sum_horizontal(pl.col(pl.String).str.len_bytes()).sum()).item() or 0
                )
                if taken > self.most_bytes:
                    raise too_many_texts(self.name)
                yield rows


def _within(
    pieces: Iterator[pl.DataFrame], columns: tuple[int, int] | None, noticed: Noticed
) -> Iterator[pl.DataFrame]:
    """The cells within the columns, if the mapping names some; those outside are counted."""
    for cells in pieces:
        inside = cells.filter(pl.col("column").is_between(*columns)) if columns else cells
        noticed.cells_outside += cells.height - inside.height
        if inside.height:
            yield inside


def _until_blank(pieces: Iterator[pl.DataFrame], noticed: Noticed) -> Iterator[pl.DataFrame]:
    """The cells above the first row, below one that is not, in which nothing stands; the rows behind it are counted."""
    last: int | None = None
    ended = False
    for cells in pieces:
        rows = cells.filter(pl.col("text").str.contains(r"\S"))["row"].unique().sort()
        if rows.len() and not ended:
            gaps = (rows.diff().fill_null(1 if last is None else int(rows[0]) - last) > 1).arg_true()
            ended = gaps.len() > 0
            together = rows.head(gaps[0]) if ended else rows
            last = int(together[-1]) if together.len() else last
            yield cells.filter(pl.col("row") <= last)
        if ended:
            noticed.rows_behind += int((rows > last).sum())


def _last_row(row: dict[str, Any]) -> LastRow:
    raw = row["raw"]
    cells = next(csv.reader([raw])) if raw is not None else [row[name] for name in row if name.isdecimal()]
    return LastRow(row["row"], cells)


def _numbered(rows: pl.DataFrame, first_record: int, width: int) -> RecordBatch:
    rows = rows.with_columns(number=pl.int_range(first_record, first_record + pl.len()))
    sound = rows["rule"].is_null()
    # To filter a wide sheet for nothing would cost a copy of it.
    records = rows if sound.all() else rows.filter(sound)
    rejects = (
        rows.select("number", "row", "rule", "message", "raw")
        .filter(~sound)
        .select(
            pl.col("number").alias("record_number"),
            pl.col("row").alias("line_number"),
            pl.lit(None, pl.String).alias("field"),
            "rule",
            "message",
            pl.col("raw").alias("raw_record"),
        )
    )
    return RecordBatch(
        frame=records.select(str(column) for column in range(width)),
        numbers=records["number"].to_list(),
        lines=records["row"].to_list(),
        rejects=rejects,
    )
