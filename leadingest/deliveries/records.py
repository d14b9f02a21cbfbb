"""What every reader of a file format promises: records in batches, of which no more than fits into memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import polars as pl

from leadingest.deliveries.noticed import Noticed
from leadingest.errors import DeliveryError
from leadingest.tables.rejects import REJECTS

#: Records and cells of a batch at most: short records and wide tables take many times their bytes once they are mapped.
MOST_RECORDS: Final = 1 << 16
MOST_CELLS: Final = 1 << 22
#: Bytes of a batch of a sheet, once shared and merged texts stand in each of their cells. Those of a text file are
#: counted as they are read.
MOST_BYTES: Final = 16 << 20
#: Four times as many columns as a sheet may have; more are no list.
MOST_COLUMNS: Final = 1 << 16
#: A longer name is none: it is a text whose quote was never closed, or a file without line ends.
_MOST_NAME_CHARACTERS: Final = 10_000
#: Every record of a batch may be rejected, and then stands there with all names of the header: bytes of all of these.
_MOST_NAME_BYTES: Final = 256 << 20
#: Lines above the header that are kept, and characters of each.
PREAMBLE_LINES: Final = 100
PREAMBLE_CHARACTERS: Final = 1_000


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
    def absent(self) -> tuple[str, ...]:
        """Columns that the delivery section names and the file lacks; their cells are blank."""

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


def batch_records(headers: Sequence[str], name: str, *, places: int = 1) -> int:
    """How many records a batch of the delivery `name` may have, of which each may become as many as there are places.

    Raises DeliveryError for a header that no list has.
    """
    longest = max(map(len, headers), default=0)
    if len(headers) > MOST_COLUMNS:
        raise _no_header(name, f"{len(headers):,} columns, more than {MOST_COLUMNS:,}")
    if longest > _MOST_NAME_CHARACTERS:
        raise _no_header(name, f"a name of {longest:,} characters, more than {_MOST_NAME_CHARACTERS:,}")
    names = sum(len(header.encode("utf-8", "surrogateescape")) for header in headers)
    most = min(MOST_RECORDS, MOST_CELLS // max(len(headers), 1), _MOST_NAME_BYTES // max(names, 1))
    return max(1, most // places)


def cut(batch: RecordBatch, most: int) -> Iterator[RecordBatch]:
    """The batch in pieces of at most so many records and rejects; as it is where it has no more."""
    total = batch.frame.height + batch.rejects.height
    if total <= most:
        yield batch
        return
    rejected = batch.rejects["record_number"].to_list()
    first = min([*batch.numbers[:1], *rejected[:1]])
    row = reject = 0
    for end in range(first + most, first + total + most, most):
        to_row, to_reject = bisect_left(batch.numbers, end), bisect_left(rejected, end)
        yield RecordBatch(
            batch.frame.slice(row, to_row - row),
            batch.numbers[row:to_row],
            batch.lines[row:to_row],
            batch.rejects.slice(reject, to_reject - reject),
        )
        row, reject = to_row, to_reject


def _no_header(name: str, what: str) -> DeliveryError:
    return DeliveryError(
        f"{name}: the header has {what}: this is not a list",
        hint="check `header`, `delimiter` and `quote` of the mapping, or ask for the file again",
    )
