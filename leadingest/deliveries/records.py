"""What every reader of a file format promises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import polars as pl

from leadingest.deliveries.noticed import Noticed
from leadingest.tables.rejects import REJECTS


@dataclass(frozen=True)
class RecordBatch:
    """Consecutive records of a delivery.

    `frame` has the records that could be read: one String column per header, named by position: "0",
    "1", ... A cell is exactly the text of the file, "" where it is empty, never null. `rejects` has
    those that could not be read, shaped as REJECTS says. One of the two may be empty.
    """

    frame: pl.DataFrame
    #: The number of each record of the frame; all records of a delivery, rejects too, count from 1.
    numbers: Sequence[int]
    #: The line of the file (row of the sheet) on which each of them starts, counted from 1.
    lines: Sequence[int]
    rejects: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTS))
    #: The numbers of records that are the header once more, or titles that are filled down; they stand in neither of the two.
    repeated: Sequence[int] = ()

    @property
    def records(self) -> int:
        """How many records of the delivery it stands for."""
        return self.frame.height + self.rejects.height + len(self.repeated)


#: Lines above the header that are kept, and characters of each.
PREAMBLE_LINES: Final = 100
PREAMBLE_CHARACTERS: Final = 1_000


@dataclass(frozen=True)
class Layout:
    """Where the header of a delivery stands, and what is between and around cells."""

    #: The line, or the row of the sheet; None where the mapping names the columns instead.
    header_row: int | None = None
    #: "" for a workbook, and where there are no quotes.
    delimiter: str = ""
    quote: str = ""
    #: What stands above the header, or above the first record where there is none: the first PREAMBLE_LINES lines
    #: (rows of a sheet), each cut at PREAMBLE_CHARACTERS.
    preamble: tuple[str, ...] = ()
    #: Where the mapping names the columns: the header that the file has all the same, one name a column; else none.
    replaced: tuple[str, ...] = ()


class Records(Protocol):
    """An opened delivery."""

    @property
    def headers(self) -> tuple[str, ...]:
        """One per column, white space at the ends cut and inside made one blank; "" and duplicates stay."""

    @property
    def encoding(self) -> str:
        """The encoding that was used."""

    @property
    def dialect(self) -> str:
        """How cells stand in the raw text of records that cannot be read: as `Dialect.as_text` says."""

    @property
    def format(self) -> str:
        """The format that was used: csv, tsv, xlsx."""

    @property
    def layout(self) -> Layout:
        """How it is laid out."""

    @property
    def noticed(self) -> Noticed:
        """What was noticed while it was read."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is worth knowing of how it was read, once all batches were taken: one line each."""

    def batches(self) -> Iterator[RecordBatch]:
        """The records, in the order of the file; can be gone through once.

        Raises DeliveryError where the file cannot be read on, and where there are records, but none that
        can be read. What was handed out before the error must be thrown away.
        """
