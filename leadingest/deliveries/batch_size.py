"""How much of a delivery is in memory at a time: batches end where one of several measures is full."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError

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


def batch_records(headers: Sequence[str], name: str) -> int:
    """How many records a batch of the delivery `name` may have; raises DeliveryError for a header that no list has."""
    longest = max(map(len, headers), default=0)
    if len(headers) > MOST_COLUMNS:
        raise _no_header(name, f"{len(headers):,} columns, more than {MOST_COLUMNS:,}")
    if longest > _MOST_NAME_CHARACTERS:
        raise _no_header(name, f"a name of {longest:,} characters, more than {_MOST_NAME_CHARACTERS:,}")
    names = sum(len(header.encode("utf-8", "surrogateescape")) for header in headers)
    return max(1, min(MOST_RECORDS, MOST_CELLS // max(len(headers), 1), _MOST_NAME_BYTES // max(names, 1)))


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
