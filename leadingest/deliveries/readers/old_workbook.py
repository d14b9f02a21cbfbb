"""Read a sheet of a workbook that is no xlsx: xls, xlsb, ods."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from leadingest.deliveries.byte_streams import HeadedStream
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.foreign_file import OLD_WORKBOOKS, foreign_kind, refuse_empty
from leadingest.deliveries.readers.csv import read_csv
from leadingest.deliveries.readers.xlsx import sheet_records
from leadingest.deliveries.records import Records
from leadingest.deliveries.workbook.book import Sheet, SheetChoice
from leadingest.deliveries.workbook.old_workbook import OldWorkbook, open_old_workbook
from leadingest.mapping.delivery_format import DeliveryFormat

#: A protected workbook says that it is one behind a table of its sectors, which is longer the larger it is.
_HEAD_SIZE: Final = 1 << 20


@contextmanager
def read_old_workbook(
    delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
) -> Iterator[Records]:
    """The records of one sheet, as read_xlsx gives them, as far as python-calamine tells what is in it.

    It does not tell the formats of numbers, so that leading zeros that only a format shows are not there; errors and
    formulas without a value, which are blank; hidden rows; and merged cells of xlsb and ods. A text
    file that is only named like a workbook is read as text, unless the mapping says `format`.
    """
    with _workbook(delivery, fmt) as workbook:
        if workbook:
            sheet = workbook.book.sheet(fmt.sheet, delivery.name)
            rows = workbook.rows(sheet, size=block_size)
            yield sheet_records(delivery, format_name, fmt, SheetChoice(workbook.book, sheet), rows)
            return
    with read_csv(delivery, fmt, format_name="csv", block_size=block_size) as records:
        yield records


def sheets_of(delivery: Delivery) -> tuple[Sheet, ...]:
    """The sheets of the workbook; none of a file that is only named like one. Raises DeliveryError."""
    with _workbook(delivery, DeliveryFormat()) as workbook:
        return workbook.book.sheets if workbook else ()


@contextmanager
def _workbook(delivery: Delivery, fmt: DeliveryFormat) -> Iterator[OldWorkbook | None]:
    with open_unpacked(delivery, fmt) as plain:
        stream = HeadedStream(plain, _HEAD_SIZE)
        if foreign_kind(stream.head) in OLD_WORKBOOKS or fmt.format:
            refuse_empty(stream, delivery.name)
            with open_old_workbook(stream, delivery.name) as workbook:
                yield workbook
        else:
            yield None
