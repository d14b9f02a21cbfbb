"""A delivery of which no record can be read is refused as a whole, and says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from leadingest.deliveries.records import RecordBatch
from leadingest.errors import NoReadableRecordError
from leadingest.tables.rejects import READING

#: So many of the records must lack the same for the header to be blamed.
_MOST: Final = 0.9


def with_readable(batches: Iterator[RecordBatch], name: str) -> Iterator[RecordBatch]:
    """The batches that hold anything; at their end raises NoReadableRecordError if there was nothing but rejects."""
    records = rejects = 0
    first: dict[str, Any] = {}
    messages: Counter[str] = Counter()
    cells = 0
    for batch in batches:
        records += batch.frame.height
        rejects += batch.rejects.height
        if not records and batch.rejects.height:
            messages.update(batch.rejects["message"].to_list())
            cells = batch.frame.width
        if batch.rejects.height and not first:
            first = batch.rejects.row(0, named=True)
        if batch.records:
            yield batch
    if rejects and not records:
        line = first["line_number"]
        which = "the only record cannot" if rejects == 1 else f"none of the {rejects:,} records can"
        raise NoReadableRecordError(
            f"{name}: line {line}: {first['message']}; {which} be read",
            hint=_of_the_header(messages, rejects, cells) or READING[first["rule"]].hint,
            line=line,
        )


def _of_the_header(messages: Counter[str], rejects: int, cells: int) -> str:
    """What to do where nearly every record has one cell more or less than the header; "" where that is not so."""

    def have(found: int) -> bool:
        return messages[f"{found} cell{'' if found == 1 else 's'} instead of {cells}"] >= _MOST * rejects

    if have(cells + 1):
        return (
            "every record has one cell more than the header: if the first column has no name, write "
            "`header: {row_names: true}` in the delivery section of the mapping; if another name is missing from the header, give all names under `names`, with `header: 1`"
        )
    if cells > 2 and have(cells - 1):
        return (
            "every record has one cell fewer than the header: write `header: 1` and the names of the actual "
            "columns under `names` in the delivery section of the mapping, or check `delimiter`"
        )
    return ""
