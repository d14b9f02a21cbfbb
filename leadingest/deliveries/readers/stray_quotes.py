"""Tell a quoted cell of several lines from a stray quote that has swallowed the records after it.

Both look the same to a parser. What gives a stray quote away is that each line which it has swallowed has
the delimiters of a whole record, which the lines of an address or a note have only by chance.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from leadingest.deliveries.readers.dialect import RecordShape

#: So many delimiters that stand just where those of records would are no chance any more.
ALIGNED_DELIMITERS: Final = 4


def lines_before_swallowing(lines: Sequence[str], cells: Sequence[str], shape: RecordShape) -> int:
    """How many lines there are up to the one with the quote that swallowed the others; 0 if none did.

    `lines` are those of one record with sound quoting, `cells` what they were parsed to.
    """
    expected = shape.cells - 1
    opened = _opened_on(cells)
    swallowed = lines[opened:]
    aligned = len(swallowed) * expected
    if not aligned or (len(cells) == shape.cells and aligned < ALIGNED_DELIMITERS):
        return 0
    whole = all(map(shape.aligned, swallowed)) and _may_be_record(lines[:opened], shape)
    return opened if whole else 0


def lines_before_open_quote(lines: Sequence[str], shape: RecordShape) -> int:
    """How many lines of an unfinished record there are up to the one with the quote that is still open."""
    if len(lines) == 1:
        return 1
    open_cell = _leniently(lines, shape)[-1]
    return len(lines) + 1 - max(_pieces(open_cell), 1)


def _may_be_record(lines: Sequence[str], shape: RecordShape) -> bool:
    """Whether the lines have the cells of a record, taking quotes as they are meant or for nothing."""
    return shape.aligned("".join(lines)) or len(_leniently(lines, shape)) == shape.cells


def _opened_on(cells: Sequence[str]) -> int:
    """The line, counted from 1, on which the cell with the most line ends is opened."""
    line_ends = [_pieces(cell) - (cell != "" and not cell.endswith(("\r", "\n"))) for cell in cells]
    return 1 + sum(line_ends[: line_ends.index(max(line_ends))])


def _pieces(text: str) -> int:
    """How many lines the text has a part of."""
    return sum(1 for _ in io.StringIO(text, newline=""))


def _leniently(lines: Sequence[str], shape: RecordShape) -> list[str]:
    options = shape.dialect.csv_options
    options["strict"] = False
    return next(csv.reader(lines, **options), [""])
