"""The file formats that can be read: one file each in this folder, one line each here."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final, Protocol

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.readers.csv import read_csv
from leadingest.deliveries.readers.old_workbook import read_old_workbook
from leadingest.deliveries.readers.xlsx import read_xlsx
from leadingest.deliveries.records import Records
from leadingest.mapping.delivery_format import DeliveryFormat


class Reader(Protocol):
    """Opens a delivery of one format; text formats read `block_size` bytes at a time."""

    def __call__(
        self, delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
    ) -> AbstractContextManager[Records]:
        """The records; raises DeliveryError."""


READERS: Final[dict[str, Reader]] = {
    "csv": read_csv,
    "tsv": read_csv,
    "xlsx": read_xlsx,
    "xls": read_old_workbook,
    "xlsb": read_old_workbook,
    "ods": read_old_workbook,
}
