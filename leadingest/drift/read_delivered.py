"""Read a delivery once, and find out what drift compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.drift.background_worker import BackgroundWorker
from leadingest.drift.delivered import Delivered, UnknownValues
from leadingest.drift.expected_column import expected_columns
from leadingest.drift.measure import Measure
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.drift.value_maps import ValueMapCounts
from leadingest.engine.binding import column_labels, respelled
from leadingest.engine.transform import Transform
from leadingest.errors import DeliveryError
from leadingest.mapping.models import Mapping

Progress = Callable[[int], None]


def read_delivered(
    mapping: Mapping, delivery: Delivery, *, today: date, progress: Progress = lambda _: None
) -> Delivered:
    """What the delivery is like, and what its mapping makes of it; one that cannot be read says why.

    It is measured as a load of it would be. Columns that the mapping misses are taken for empty ones.
    """
    headers: tuple[str, ...] = ()
    try:
        with (
            open_records(delivery, mapping.delivery) as records,
            BackgroundWorker() as worker,
        ):
            headers = records.headers
            reading = _DeliveredSums(mapping, records, today, worker)
            for batch in records.batches():
                reading.add(batch)
                progress(reading.records)
            return reading.delivered()
    except DeliveryError as error:
        return Delivered(
            headers=headers,
            profile=DeliveryProfile(records=0, columns=()),
            error=error.message,
            hint=error.hint,
        )


class _DeliveredSums:
    """Sums over the batches of one delivery; they are measured while the next one is read."""

    def __init__(self, mapping: Mapping, records: Records, today: date, worker: BackgroundWorker) -> None:
        self._worker = worker
        self.records = 0
        labels = column_labels(respelled(mapping, records.headers))
        missing = _missing(mapping, labels)
        self._blanks = [pl.lit("").alias(str(len(labels) + at)) for at in range(len(missing))]
        headers = (*labels, *missing)
        self._transform = Transform(mapping, headers, today=today)
        self._measure = Measure(records, self._transform)
        self._maps = ValueMapCounts(mapping, headers, today=today)

    def add(self, batch: RecordBatch) -> None:
        self.records += batch.records
        whole = batch.frame.with_columns(*self._blanks)
        mapped = self._transform.batch(whole, numbers=batch.numbers, lines=batch.lines)
        mapped = mapped.with_unmapped(batch.rejects, len(batch.repeated))
        self._worker.do(partial(self._measure.add, batch.frame, mapped))
        self._maps.add(whole)

    def delivered(self) -> Delivered:
        self._worker.wait()
        delivered = self._measure.delivered(read=self.records)
        return replace(delivered, unknown_values=tuple(self._unknown(delivered)))

    def _unknown(self, delivered: Delivered) -> Iterator[UnknownValues]:
        """The values with the place of their map; those that another part of their entry stands in for are no loss."""
        lost = {each.field for each in delivered.unknown_values}
        for each in self._maps.unknown():
            if each.field in lost:
                yield each


def _missing(mapping: Mapping, there: tuple[str, ...]) -> tuple[str, ...]:
    """A header for each column that the mapping reads and the delivery has not."""
    names = (column.names for column in expected_columns(mapping))
    return tuple(dict.fromkeys(each[0] for each in names if not set(each) & set(there)))
