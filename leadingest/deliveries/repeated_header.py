"""Records that are the header once more: of files pasted together, and of lists printed page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.records import RecordBatch
from leadingest.expressions import BLANKS

_MARK: Final = "\ufeff"


def without_repeated_header(
    batches: Iterator[RecordBatch], header: Sequence[str], noticed: Noticed
) -> Iterator[RecordBatch]:
    """The batches without records that equal the header, white space aside; these are counted in `noticed`.

    `header` has the cells as they stand in the file. What begins with a byte order mark was a file of its own.
    """
    names = clean_names(header)
    told_by = max(range(len(names)), key=lambda at: (names[at] != "", at > 0, len(names[at])), default=0)
    if not any(names):
        yield from batches
        return
    wanted = header[told_by].strip(BLANKS)
    for batch in batches:
        likely = (batch.frame[str(told_by)].str.strip_chars(BLANKS) == wanted).arg_true().to_list()
        rows = [row for row in likely if _cleaned(batch.frame.row(row)) == names]
        noticed.repeated_headers += len(rows)
        noticed.header_first |= any(batch.numbers[row] == 1 for row in rows)
        yield without_rows(batch, rows) if rows else batch


def _cleaned(cells: Sequence[str]) -> tuple[str, ...]:
    return clean_names([cells[0].removeprefix(_MARK), *cells[1:]])


def without_rows(batch: RecordBatch, rows: Sequence[int]) -> RecordBatch:
    """The batch without the records in these rows, which count as left out."""
    kept = sorted(set(range(batch.frame.height)) - set(rows))
    return replace(
        batch,
        frame=batch.frame[pl.Series(kept, dtype=pl.UInt32)],
        numbers=[batch.numbers[row] for row in kept],
        lines=[batch.lines[row] for row in kept],
        repeated=sorted([*batch.repeated, *(batch.numbers[row] for row in rows)]),
    )
