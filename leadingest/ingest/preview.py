"""A delivery as it would load: some of its records beside the leads they become, and what each field is like.

Nothing is written anywhere, and no database is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.destinations.ledger import RecordCounts
from leadingest.engine.transform import Transform
from leadingest.ingest.chosen_records import RecordChoice
from leadingest.ingest.field_values import FieldSummary, FieldValues
from leadingest.ingest.record_view import RecordView, record_views
from leadingest.ingest.tally import FaultCount, Tally
from leadingest.mapping.models import Mapping

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Preview:
    """What `preview` shows. `whole`: all records were read; the counts and fields tell of those that were."""

    source: str
    file: str
    counts: RecordCounts
    whole: bool
    records: tuple[RecordView, ...]
    fields: tuple[FieldSummary, ...]
    reject_counts: tuple[FaultCount, ...]
    invalid_value_counts: tuple[FaultCount, ...]
    new_headers: tuple[str, ...]


def preview_delivery(
    mapping: Mapping,
    delivery: Delivery,
    *,
    choice: RecordChoice,
    today: date,
    limit: int | None = None,
    progress: Progress = lambda _: None,
) -> Preview:
    """Map the delivery, or its first `limit` records, and show those of `choice`.

    Raises DeliveryError where it cannot be read as `leadingest run` would read it.
    """
    tally = Tally()
    fields = [FieldValues(name) for name in mapping.fields]
    shown: dict[int, RecordView] = {}
    with open_records(delivery, mapping.delivery) as records:
        transform = Transform(mapping, records.headers, today=today)
        reading = _LimitedBatches(records.batches(), limit)
        for batch in reading:
            mapped = transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
            mapped = mapped.with_unmapped(batch.rejects, len(batch.repeated))
            tally.add(mapped)
            for field in fields:
                field.add(mapped.leads, mapped.invalid_values)
            kept = choice.keep([*batch.numbers, *batch.rejects["record_number"].to_list()])
            shown |= {view.number: view for view in record_views(transform, batch, mapped, kept)}
            shown = {number: view for number, view in shown.items() if number in kept}
            progress(tally.read)
    return Preview(
        source=mapping.source,
        file=delivery.name,
        counts=tally.counts,
        whole=reading.whole,
        records=tuple(shown[number] for number in sorted(shown)),
        fields=tuple(field.summary() for field in fields),
        reject_counts=tally.reject_counts,
        invalid_value_counts=tally.invalid_value_counts,
        new_headers=transform.binding.new,
    )


class _LimitedBatches:
    """Batches up to the last record that is wanted."""

    def __init__(self, batches: Iterator[RecordBatch], limit: int | None) -> None:
        self._batches, self._limit = batches, limit
        self.whole = True

    def __iter__(self) -> Iterator[RecordBatch]:
        for batch in self._batches:
            part = batch if self._limit is None else _up_to(batch, self._limit)
            yield part
            if part is not batch:
                self.whole = False
                return


def _up_to(batch: RecordBatch, last: int) -> RecordBatch:
    """The records up to the number `last`: the batch itself where that is all of it."""
    read = sum(number <= last for number in batch.numbers)
    rejects = batch.rejects.filter(pl.col("record_number") <= last)
    repeated = [number for number in batch.repeated if number <= last]
    part = RecordBatch(batch.frame.head(read), batch.numbers[:read], batch.lines[:read], rejects, repeated)
    return batch if part.records == batch.records else part
