"""Read a delivery once, and find out what drift compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.drift.beside import Beside
from leadingest.drift.delivered import Delivered
from leadingest.drift.expected_column import expected_columns
from leadingest.drift.profiles.profile import DeliveryProfile, FieldProfile
from leadingest.drift.profiles.profiler import Profiler
from leadingest.drift.profiles.some_records import some_records
from leadingest.drift.value_maps import ValueMapCounts
from leadingest.engine.bind import column_labels
from leadingest.engine.transform import Transform
from leadingest.errors import DeliveryError
from leadingest.mapping.models import Mapping
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique

Progress = Callable[[int], None]

#: Records that are mapped whole, of the first batch and of each later one.
_FIRST: Final = 5_000
_LATER: Final = 500
#: What is no matter of reading a cell.
_NOT_UNREADABLE: Final = (Required.word(), Unique.word())


def read_delivered(
    mapping: Mapping, delivery: Delivery, *, today: date, progress: Progress = lambda _: None
) -> Delivered:
    """What the delivery is like, and what its mapping makes of it; one that cannot be read says why.

    Columns and values that come to value maps are looked at in every record; how many cells of a field
    cannot be read is measured on records spread over the whole delivery. Columns that the mapping misses are taken
    for empty ones.
    """
    headers: tuple[str, ...] = ()
    try:
        with (
            open_records(delivery, mapping.delivery) as records,
            Beside() as beside,
        ):
            headers = records.headers
            reading = _Reading(mapping, records, today, beside)
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


class _Reading:
    """Sums over the batches of one delivery; columns are measured while the next batch is read."""

    def __init__(self, mapping: Mapping, records: Records, today: date, beside: Beside) -> None:
        self._beside = beside
        self.records = 0
        self._delivery = records
        self._labels = column_labels(records.headers)
        self._profiler = Profiler(len(self._labels))
        self._missing = _missing(mapping, self._labels)
        headers = (*self._labels, *self._missing)
        self._fields = _FieldCounts(Transform(mapping, headers, today=today))
        self._maps = ValueMapCounts(mapping, headers, today=today)

    def add(self, batch: RecordBatch) -> None:
        self.records += batch.frame.height + batch.rejects.height
        self._beside.do(partial(self._profiler.add, batch.frame))
        blank = (pl.lit("").alias(str(len(self._labels) + at)) for at in range(len(self._missing)))
        whole = batch.frame.with_columns(*blank)
        self._fields.add(whole)
        self._maps.add(whole)

    def delivered(self) -> Delivered:
        self._beside.wait()
        layout = self._delivery.layout
        profile = DeliveryProfile(
            records=self.records,
            columns=self._profiler.columns(self._labels),
            format=self._delivery.format,
            encoding=self._delivery.encoding,
            delimiter=layout.delimiter,
            quote=layout.quote,
            header_row=layout.header_row,
            fields=self._fields.profiles(),
        )
        return Delivered(
            headers=self._delivery.headers, profile=profile, unknown_values=tuple(self._maps.unknown())
        )


def _missing(mapping: Mapping, there: tuple[str, ...]) -> tuple[str, ...]:
    """A header for each column that the mapping reads and the delivery has not."""
    names = (column.names for column in expected_columns(mapping))
    return tuple(dict.fromkeys(each[0] for each in names if not set(each) & set(there)))


class _FieldCounts:
    """How many cells of each field can be read, measured on a sample: each record stands for those passed over."""

    def __init__(self, transform: Transform) -> None:
        self._transform = transform
        self._filled: defaultdict[str, float] = defaultdict(float)
        self._unreadable: defaultdict[str, float] = defaultdict(float)
        self._begun = False
        #: What is mapped next, once there is enough of it: to map a batch costs something, however small it is.
        self._gathered: list[pl.DataFrame] = []
        self._passed = 0

    def add(self, records: pl.DataFrame) -> None:
        """Take some records of the batch."""
        if not records.height:
            return
        sample = some_records(records, _LATER if self._begun else _FIRST)
        self._begun = True
        self._gathered.append(sample)
        self._passed += records.height
        if sum(each.height for each in self._gathered) >= _FIRST // 2:
            self._map()

    def profiles(self) -> dict[str, FieldProfile]:
        """Each field of the mapping."""
        self._map()
        return {
            field: FieldProfile(self._filled[field], self._unreadable[field])
            for field in self._transform.mapping.fields
        }

    def _map(self) -> None:
        if not self._gathered:
            return
        sample = pl.concat(self._gathered)
        weight, numbers = self._passed / sample.height, range(1, sample.height + 1)
        self._gathered, self._passed = [], 0
        mapped = self._transform.batch(sample, numbers=numbers, lines=numbers)
        for field in self._transform.mapping.fields:
            self._filled[field] += weight * (mapped.leads.height - mapped.leads[field].null_count())
        for faults in (mapped.invalid_values, mapped.rejects):
            read = faults.filter(~pl.col("rule").is_in(_NOT_UNREADABLE))
            for field, count in read["field"].drop_nulls().value_counts().iter_rows():
                self._unreadable[field] += weight * count
