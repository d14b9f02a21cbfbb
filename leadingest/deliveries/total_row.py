"""A total in the last row that the mapping does not take for a footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.records import RecordBatch
from leadingest.expressions import BLANKS

_TOTAL: Final = re.compile(
    r"(?:grand |sub-?)?totals?(?: (?:of )?(?:records|rows|count|leads))?+\W*+[0-9.,]*+", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[-+$€£(]?+[0-9][0-9.,]*+[%)]?+")


def with_total_row(batches: Iterator[RecordBatch], noticed: Noticed) -> Iterator[RecordBatch]:
    """The batches as they are; whether the last record looks like a total is then told by `noticed`."""
    last = None
    for batch in batches:
        yield batch
        last = batch
    if last is None or not last.frame.height:
        return
    rejected = last.rejects["record_number"].max() if last.rejects.height else 0
    if last.numbers[-1] > int(str(rejected)) and looks_like_total(last.frame.row(-1)):
        noticed.total_line = last.lines[-1]


def looks_like_total(cells: Sequence[str]) -> bool:
    """Whether the first cell that is not blank says `Total`, and all others are numbers."""
    first, *others = [cell for cell in (each.strip(BLANKS) for each in cells) if cell] or [""]
    return bool(_TOTAL.fullmatch(first)) and all(map(_NUMBER.fullmatch, others))
