"""The rows of a sheet, from the first to the last, as cells of text."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from leadingest.deliveries.workbook.book import Book, Sheet
from leadingest.deliveries.workbook.cell_texts import CellTexts, read_shared_strings
from leadingest.deliveries.workbook.cells import stored_cells
from leadingest.deliveries.workbook.merged_cells import merged_ranges
from leadingest.deliveries.workbook.number_formats import read_number_formats
from leadingest.deliveries.workbook.package import Package
from leadingest.deliveries.workbook.sheet_xml import element_pieces
from leadingest.errors import DeliveryError


class SheetRows:
    """A sheet to be gone through once, in pieces of about `size` bytes of its XML.

    Making it reads what all cells share; it and `pieces` raise DeliveryError where the workbook is damaged.
    """

    def __init__(self, package: Package, book: Book, sheet: Sheet, *, size: int) -> None:
        self._package = package
        self._path = sheet.path
        self._size = size
        self._texts = CellTexts(
            shared_strings=read_shared_strings(package, book.shared_strings, size=size),
            formats=read_number_formats(package, book.styles),
            from_1904=book.from_1904,
            uncomputed=book.uncomputed,
            damaged=package.damaged,
        )
        with package.open(sheet.path) as part:
            #: What is merged over several rows, as merged_ranges tells it.
            self.merged = merged_ranges(part, package.damaged)
        #: What is to be said of how they are read.
        self.remarks: tuple[str, ...] = ()
        self._hidden: list[pl.Series] = []

    def damaged(self) -> DeliveryError:
        """What to say when something in the workbook is not as it must be."""
        return self._package.damaged()

    def hidden_after(self, row: int) -> int:
        """How many of the rows gone through so far are hidden, hold something, and stand below this one."""
        return sum(int((rows > row).sum()) for rows in self._hidden)

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Cells by whole rows: `row` and `column` from 1, `text`, and whether it is an `uncomputed` formula."""
        damaged = self._package.damaged
        last_row = 0
        with self._package.open(self._path) as part:
            xml = element_pieces(part, within="sheetData", element="row", size=self._size, damaged=damaged)
            for piece in xml:
                stored = stored_cells(piece, after_row=last_row, damaged=damaged)
                last_row = stored.last_row
                cells = self._texts.of(stored.frame)
                hidden = stored.hidden_rows
                self._hidden.append(hidden.filter(hidden.is_in(cells["row"].implode())))
                if cells.height:
                    yield cells
