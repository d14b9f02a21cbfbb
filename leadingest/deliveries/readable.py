"""A delivery of which no record can be read is refused as a whole, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.tables.reject_reasons import READING


def with_readable(batches: Iterator[RecordBatch], name: str) -> Iterator[RecordBatch]:
    """The batches that hold anything; at their end raises DeliveryError if there was nothing but rejects."""
    records = rejects = 0
    first: dict[str, Any] = {}
    for batch in batches:
        records += batch.frame.height
        rejects += batch.rejects.height
        if batch.rejects.height and not first:
            first = batch.rejects.row(0, named=True)
        if batch.records:
            yield batch
    if rejects and not records:
        line = first["line_number"]
        which = "the only record cannot" if rejects == 1 else f"none of the {rejects:,} records can"
        raise DeliveryError(
            f"{name}: line {line}: {first['message']}; {which} be read",
            hint=READING[first["rule"]].hint,
            line=line,
        )
