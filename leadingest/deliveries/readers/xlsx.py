"""Read a sheet of a workbook as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from leadingest.deliveries.byte_stream import HeadedStream
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.footer import LOOKED_AT, footer_length
from leadingest.deliveries.foreign import refuse_empty
from leadingest.deliveries.readers.sheet_errors import with_errors
from leadingest.deliveries.readers.sheet_header import find_sheet_header
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

if TYPE_CHECKING:
    import fastexcel

#: A workbook is read as a whole: more bytes than this, packed or unpacked, are refused.
_MOST_PACKED: Final = 1 << 29
_MOST_UNPACKED: Final = 1 << 32
_WORKBOOK_BEGINNINGS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BATCH: Final = 100_000


@contextmanager
def read_xlsx(
    delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
) -> Iterator[Records]:
    """The records of one sheet. Row numbers take the place of lines; `block_size` has no meaning here.

    Every cell is text: whole numbers without a fraction, dates as 2021-05-01, times of day added where
    they are not midnight, true and false. A cell that holds an error such as #N/A is that text.
    """
    name = delivery.name
    content = _content(delivery, fmt)
    cells = _sheet_cells(content, fmt.sheet, name)
    header = find_sheet_header(cells, fmt, name)
    frame = cells.slice(header.first_row)
    frame = _without_footer(_without_empty_end(frame), fmt)
    frame = _of_width(frame, header.names, name, header.first_row) if fmt.names else frame
    names = header.names + ("",) * (frame.width - len(header.names))
    width = _used_width(frame, names)
    yield _SheetRecords(
        name=name,
        headers=names[:width],
        format=format_name,
        encoding="utf-8",
        frame=frame.select(frame.columns[:width]),
        first_row=header.first_row + 1,
    )


@dataclass(frozen=True, kw_only=True)
class _SheetRecords:
    name: str
    headers: tuple[str, ...]
    format: str
    encoding: str
    frame: pl.DataFrame
    #: The sheet row of the first record, counted from 1.
    first_row: int

    def batches(self) -> Iterator[RecordBatch]:
        if self.frame.is_empty():
            raise DeliveryError(
                f"{self.name}: there are no records, only a header", hint="ask for the file again"
            )
        for start in range(0, self.frame.height, _BATCH):
            part = self.frame.slice(start, _BATCH)
            row = self.first_row + start
            yield RecordBatch(part, range(start + 1, start + 1 + part.height), range(row, row + part.height))


def _content(delivery: Delivery, fmt: DeliveryFormat) -> bytes:
    with open_unpacked(delivery, fmt) as plain:
        stream = HeadedStream(plain, _MOST_PACKED)
    refuse_empty(stream, delivery.name)
    content = stream.head
    if not content.startswith(_WORKBOOK_BEGINNINGS):
        raise DeliveryError(
            f"{delivery.name}: this is not a workbook",
            hint="if it is text with cells, set `format: csv` in the delivery section of the mapping",
        )
    if len(content) == _MOST_PACKED or _unpacked_size(content) > _MOST_UNPACKED:
        raise DeliveryError(
            f"{delivery.name}: the workbook is too large to be read", hint="save the sheet as CSV"
        )
    return content


def _unpacked_size(content: bytes) -> int:
    if not content.startswith(b"PK"):
        return len(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return len(content)


def _sheet_cells(content: bytes, sheet: str | None, name: str) -> pl.DataFrame:
    """Every row of the sheet from its first on, as text; "" for an empty cell."""
    import fastexcel

    try:
        workbook = fastexcel.read_excel(content)
        return _load(workbook, _sheet_index(workbook, sheet, name), content)
    except (fastexcel.FastExcelError, zipfile.BadZipFile, KeyError, SyntaxError) as error:
        raise DeliveryError(
            f"{name}: the workbook cannot be opened: it is damaged, cut off or protected by a password",
            hint="open it in a spreadsheet program and save it again as xlsx",
        ) from error


def _sheet_index(workbook: fastexcel.ExcelReader, sheet: str | None, name: str) -> int:
    names = workbook.sheet_names
    if sheet is None:
        return 0
    if sheet in names:
        return names.index(sheet)
    if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
        return int(sheet) - 1
    raise DeliveryError(
        f"{name}: there is no sheet {sheet!r}; its sheets are {', '.join(names)}",
        hint="set `sheet` in the delivery section of the mapping to one of them",
    )


def _load(workbook: fastexcel.ExcelReader, index: int, content: bytes) -> pl.DataFrame:
    sheet = workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes="string")
    cells = sheet.to_polars()
    cells.columns = [str(i) for i in range(cells.width)]
    cells = cells.with_columns(_as_written(pl.col(column)) for column in cells.columns)
    placed = {info.absolute_index: str(i) for i, info in enumerate(sheet.available_columns())}
    return with_errors(cells, placed, content, sheet.name)


def _as_written(cell: pl.Expr) -> pl.Expr:
    """A date has a midnight, and a time of day the first day of Excel's calendar, that nobody wrote."""
    return (
        cell.fill_null("")
        .str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1")
        .str.replace(r"^1899-12-31 (\d\d:\d\d:\d\d(\.\d+)?)$", "$1")
    )


def _without_empty_end(frame: pl.DataFrame) -> pl.DataFrame:
    if not frame.width:
        return frame
    used = frame.select(pl.any_horizontal(pl.all() != "").arg_true()).to_series()
    return frame.head(int(used[-1]) + 1 if used.len() else 0)


def _without_footer(frame: pl.DataFrame, fmt: DeliveryFormat) -> pl.DataFrame:
    """A row's text is its cells that are not empty, with commas between them."""
    texts = [",".join(filter(None, row)) for row in frame.tail(LOOKED_AT).iter_rows()]
    rows = min(fmt.footer, frame.height) if isinstance(fmt.footer, int) else footer_length(texts, fmt.footer)
    return _without_empty_end(frame.head(frame.height - rows)) if rows else frame


def _of_width(frame: pl.DataFrame, names: tuple[str, ...], name: str, first_row: int) -> pl.DataFrame:
    """As many columns as there are names. Raises DeliveryError when a cell stands beyond them."""
    for column in frame.columns[len(names) :]:
        used = (frame[column] != "").arg_true()
        if used.len():
            row = first_row + int(used[0]) + 1
            raise DeliveryError(
                f"{name}: line {row}: {int(column) + 1} cells instead of {len(names)}",
                hint="name every column under `names` in the delivery section of the mapping",
                line=row,
            )
    missing = range(frame.width, len(names))
    return frame.select(frame.columns[: len(names)]).with_columns(pl.lit("").alias(str(i)) for i in missing)


def _used_width(frame: pl.DataFrame, names: tuple[str, ...]) -> int:
    """The width without nameless columns at the end in which no cell is filled."""
    width = len(names)
    while width and not names[width - 1] and (frame[frame.columns[width - 1]] == "").all():
        width -= 1
    return width
