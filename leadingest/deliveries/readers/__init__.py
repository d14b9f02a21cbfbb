"""The file formats that can be read: one file each in this folder, one line each here."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import Final, Protocol, cast

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.records import Records
from leadingest.mapping.delivery_format import DeliveryFormat


class Reader(Protocol):
    """Opens a delivery of one format; text formats read `block_size` bytes at a time."""

    def __call__(
        self, delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
    ) -> AbstractContextManager[Records]:
        """The records; raises DeliveryError."""


#: The file formats → the file that reads them, with a function `read_` and its name.
READERS: Final[dict[str, str]] = {
    "csv": "csv",
    "tsv": "csv",
    "xlsx": "xlsx",
    "xls": "old_workbook",
    "xlsb": "old_workbook",
    "ods": "old_workbook",
}


def reader_of(format_name: str) -> Reader:
    """What reads files of the format; it is imported when it is first asked for."""
    file = READERS[format_name]
    return cast(Reader, getattr(import_module(f"{__name__}.{file}"), f"read_{file}"))
