"""What every reader of a file format promises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl


@dataclass(frozen=True)
class RecordBatch:
    """Consecutive records of a delivery.

    `frame` has one String column per header, named by position: "0", "1", ... A cell is exactly the text
    of the file, "" where it is empty, never null.
    """

    frame: pl.DataFrame
    #: Number of the frame's first record; records count from 1 after the header.
    first_record: int
    #: The line of the file (row of the sheet) on which each record starts, counted from 1.
    lines: Sequence[int]


class Records(Protocol):
    """An opened delivery."""

    @property
    def headers(self) -> tuple[str, ...]:
        """One per column, white space at the ends cut and inside made one blank; "" and duplicates stay."""

    @property
    def encoding(self) -> str:
        """The encoding that was used."""

    @property
    def format(self) -> str:
        """The format that was used: csv, tsv, xlsx."""

    def batches(self) -> Iterator[RecordBatch]:
        """The records, in the order of the file; can be gone through once.

        Raises DeliveryError at the first thing that is not proven well-formed, and when there is no record.
        What was handed out before the error must be thrown away.
        """
