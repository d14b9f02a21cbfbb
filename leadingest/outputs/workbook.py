"""A workbook (xlsx), written a batch at a time: it takes the memory of a row, however long its sheets are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import polars as pl

from leadingest.errors import LeadingestError, UsageError
from leadingest.outputs.formulas import is_formula

#: Rows of a sheet, and the characters and the digits of a number that a cell has room for.
#: Source: Microsoft, "Excel specifications and limits".
MOST_ROWS = 1_048_576
_LONGEST = 32_767
_DIGITS = 15

#: The first day that a cell can hold as a date; earlier ones are texts. Before March 1900 its calendar is wrong.
_FIRST_DAY = date(1900, 3, 1)

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
#: Widths of columns, in characters.
_NARROWEST, _WIDEST = 8, 48
_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {"valign": "top"},
    "head": {"bold": True, "bottom": 1, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left", "valign": "top"},
    # Typed over, the cell stays a text: what an apostrophe before it does, without one in the value.
    "formula": {"quote_prefix": True, "valign": "top"},
}


class Workbook:
    """Sheets, one after the other. Texts stay texts: none becomes a formula, a number or a link."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats = {name: book.add_format(options) for name, options in _FORMATS.items()}

    def sheet(self, name: str, batches: Iterator[pl.DataFrame] | Sequence[pl.DataFrame]) -> int:
        """Add a sheet with these rows below the names of their columns, and tell how many there are.

        There must be a batch, be it an empty one. Raises UsageError for more rows than a sheet has room for.
        """
        sheet = self._book.add_worksheet(name)
        row = 0
        for batch in batches:
            if not row:
                self._begin(sheet, batch)
                row = 1
            if row + batch.height > MOST_ROWS:
                raise UsageError(
                    f"a sheet of a workbook can hold {MOST_ROWS:,} rows, but there are more",
                    hint="choose another format: csv has no such limit",
                )
            self._add(sheet, batch, row)
            row += batch.height
        if row:
            sheet.autofilter(0, 0, max(row - 1, 1), max(batch.width - 1, 0))
        return max(row - 1, 0)

    def _begin(self, sheet: Any, first: pl.DataFrame) -> None:
        """The head, and columns as wide as the first rows ask for: in a file that is written in one go they come first."""
        widths = first.head(1000).select(pl.all().cast(pl.String).str.len_chars().max().fill_null(0)).row(0)
        for at, (name, width) in enumerate(zip(first.columns, widths, strict=True)):
            sheet.set_column(at, at, min(max(width + 1, round(1.2 * len(name)) + 3, _NARROWEST), _WIDEST))
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(first.columns):
            self._write_text(sheet, 0, at, name, "head")

    def _add(self, sheet: Any, batch: pl.DataFrame, row: int) -> None:
        texts = [name for name, kind in batch.schema.items() if kind == pl.String()]
        formulas = batch.select(is_formula(pl.col(name)).fill_null(False) for name in texts)
        marked = {batch.columns.index(name): formulas[name] for name in texts if formulas[name].any()}
        writers = [self._writer(kind) for kind in batch.dtypes]
        for down, cells in enumerate(batch.iter_rows()):
            for at, cell in enumerate(cells):
                if cell is not None:
                    shape = "formula" if at in marked and marked[at][down] else "plain"
                    writers[at](sheet, row + down, at, cell, shape)

    def _writer(self, kind: pl.DataType) -> Callable[[Any, int, int, Any, str], None]:
        if kind.is_numeric():
            return self._write_number
        if kind.is_temporal():
            return self._write_time
        return self._write_boolean if kind == pl.Boolean() else self._write_text

    def _write_text(self, sheet: Any, row: int, at: int, cell: Any, shape: str) -> None:
        text = str(cell)
        if len(text) > _LONGEST:
            raise LeadingestError(
                f"a cell of a workbook can hold {_LONGEST:,} characters, but one text has {len(text):,}",
                hint="choose another format: csv has no such limit",
            )
        sheet.write_string(row, at, text, self._formats[shape])

    def _write_number(self, sheet: Any, row: int, at: int, cell: int | float | Decimal, _shape: str) -> None:
        # A number of more digits than a cell keeps stays whole as a text.
        if not isinstance(cell, float) and len(Decimal(cell).normalize().as_tuple().digits) > _DIGITS:
            self._write_text(sheet, row, at, cell, "plain")
        else:
            sheet.write_number(row, at, cell, self._formats["plain"])

    def _write_boolean(self, sheet: Any, row: int, at: int, cell: bool, _shape: str) -> None:
        sheet.write_boolean(row, at, cell, self._formats["plain"])

    def _write_time(self, sheet: Any, row: int, at: int, cell: date, _shape: str) -> None:
        moment = isinstance(cell, datetime)
        if (cell.date() if isinstance(cell, datetime) else cell) < _FIRST_DAY:
            self._write_text(
                sheet, row, at, cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell, "plain"
            )
        else:
            sheet.write_datetime(row, at, cell, self._formats["moment" if moment else "day"])


@contextmanager
def workbook(file: BinaryIO) -> Iterator[Workbook]:
    """A workbook that is written to the file when the block is left. Needs the extra `leadingest[xlsx]`."""
    try:
        from xlsxwriter import Workbook as Book
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise UsageError(
            "writing a workbook requires XlsxWriter, which is not installed",
            hint="pip install 'leadingest[xlsx]'",
        ) from error
    with TemporaryDirectory() as folder:
        book = Book(file, {**_OPTIONS, "tmpdir": folder})
        try:
            yield Workbook(book)
            book.close()
        except FileCreateError as error:
            # It stands for what the system said, as of a full disk.
            raise error.args[0] from error
        finally:
            for sheet in book.worksheets():
                sheet._opt_close()
