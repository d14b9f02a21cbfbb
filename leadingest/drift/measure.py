"""A delivery measured, its columns and the leads that come of it: while it is loaded, or read once to be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from types import TracebackType
from typing import Literal, Self

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.drift.delivered import Delivered, UnknownValues
from leadingest.drift.expected_column import expected_columns
from leadingest.drift.profiles.key_sketch import name_hashes
from leadingest.drift.profiles.lead_profiler import LeadProfiler
from leadingest.drift.profiles.personal_columns import fields_by_header
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.drift.profiles.profiler import Profiler
from leadingest.drift.similarity import looks_like_names, looks_like_record
from leadingest.drift.superseded import leave_out_superseded
from leadingest.drift.value_maps import MOST_VALUES, ValueMapCounts
from leadingest.engine.binding import column_labels, respelled
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import DeliveryError
from leadingest.mapping.models import Mapping
from leadingest.operations.each import Each
from leadingest.operations.values import Values

Progress = Callable[[int], None]


class Sums:
    """Sums over the batches of a delivery, or of a part of it, and over what they become."""

    def __init__(self, mapping: Mapping, width: int, *, begins: bool = True) -> None:
        """`width` is the number of columns; `begins` says whether the first record is among these, else they are a part."""
        self.profiler = Profiler(width, begins=begins)
        self.leads = LeadProfiler(mapping)
        #: By field the values that its map refused, and how often.
        self.unknown: dict[str, Counter[str]] = {}
        #: The first record that could be read.
        self.first: tuple[str, ...] = ()

    def add(self, batch: RecordBatch, mapped: MappedBatch) -> None:
        """Measure a batch of records, and what became of it."""
        if not self.first and batch.frame.height:
            self.first = batch.frame.row(0)
        self.profiler.add(batch.frame, batch.numbers)
        self.leads.add(mapped)
        for faults, counts, value in (
            (mapped.invalid_values, mapped.invalid_value_counts, "raw_value"),
            (mapped.rejects, mapped.reject_counts, None),
        ):
            # Which of the pieces was not recognized is not kept.
            for word, text in ((Values.word(), value), (Each.word(), None)):
                if any(rule == word for _, rule in counts):
                    self._add_unknown(faults.filter(pl.col("rule") == word), text)

    def merge(self, other: Sums) -> None:
        """Add the part with the records behind these: the sums are as if all had been added here."""
        self.first = self.first or other.first
        self.profiler.merge(other.profiler)
        self.leads.merge(other.leads)
        for field, counts in other.unknown.items():
            self._count_unknown(field, counts.items())

    def _add_unknown(self, refused: pl.DataFrame, value: str | None) -> None:
        """Count what value maps have refused.

        Of what was put together of several cells, and of a record that was rejected for it, only the field is known.
        """
        for field in refused["field"].unique(maintain_order=True):
            self._count_unknown(field, ())
        if value is None:
            return
        for field, text, count in refused.drop_nulls(value).group_by("field", value).len().iter_rows():
            if not text.startswith('{"'):
                self._count_unknown(field, ((text, count),))

    def _count_unknown(self, field: str, texts: Iterable[tuple[str, int]]) -> None:
        counts = self.unknown.setdefault(field, Counter())
        for text, count in texts:
            if text in counts or len(counts) < MOST_VALUES:
                counts[text] += count


class Measure:
    """A delivery measured while it is loaded."""

    def __init__(self, records: Records, transform: Transform) -> None:
        self._records, self._transform = records, transform
        #: Those of the delivery: a transform may have been given more, for columns that are missing.
        self._labels = transform.binding.labels[: len(records.headers)]
        self.sums = Sums(transform.mapping, len(self._labels))
        self._headers = fields_by_header(transform.mapping)
        #: The mapping says that there is no header, and the first record may be one all the same.
        self._may_be_headed = records.layout.header_row is None and not records.layout.replaced

    def delivered(self, *, read: int) -> Delivered:
        """What the delivery is like; the values of its columns are still in it, whoever's they are.

        `read` is the number of records, those that could not be read included.
        """
        layout, leads = self._records.layout, self.sums.leads
        profile = DeliveryProfile(
            records=read,
            columns=self.sums.profiler.columns(self._labels),
            format=self._records.format,
            encoding=self._records.encoding,
            delimiter=layout.delimiter,
            quote=layout.quote,
            header_row=layout.header_row,
            replaced=name_hashes(layout.replaced),
            leads=leads.leads,
            fields=leads.fields(),
            key=leads.key(),
            hidden=leads.hidden,
            repeated_keys=leads.repeated_keys,
        )
        written = self._records.headers
        headers = respelled(self._transform.mapping, written)
        return Delivered(
            headers=headers,
            headed=self._headed(profile),
            headless=layout.header_row is not None and self._is_headless(headers, profile),
            absent=self._records.absent,
            respelled={name: each for name, each in zip(headers, written, strict=True) if name != each},
            profile=profile,
            unknown_values=tuple(self._unknown_values()),
            misread_as=self._records.noticed.misread_as,
            total_line=self._records.noticed.total_line,
            controls=self._records.noticed.controls,
        )

    def _is_headless(self, headers: Sequence[str], profile: DeliveryProfile) -> bool:
        """Whether the header looks like one more record: most names are not there, and its cells are of telling kinds."""
        needed = expected_columns(self._transform.mapping)
        there = sum(not set(column.names).isdisjoint(headers) for column in needed)
        return 2 * there < len(needed) and looks_like_record(headers, profile.columns)

    def _headed(self, profile: DeliveryProfile) -> Literal["", "left out", "read as a record"]:
        if not self._may_be_headed:
            return ""
        if self._records.noticed.header_first:
            return "left out"
        names = [name.casefold() for name in self._labels]
        first = self.sums.first
        moved = sorted(cell.casefold() for cell in first) == sorted(names)
        return "read as a record" if moved or looks_like_names(first, profile.columns) else ""

    def _unknown_values(self) -> Iterator[UnknownValues]:
        for field, counts in self.sums.unknown.items():
            headers = tuple(header for header, fields in self._headers.items() if field in fields)
            yield UnknownValues(field, counts, headers)


def read_delivered(
    mapping: Mapping, delivery: Delivery, *, today: date, progress: Progress = lambda _: None
) -> Delivered:
    """What the delivery is like, and what its mapping makes of it; one that cannot be read says why.

    It is measured as a load of it would be. Columns that the mapping misses are taken for empty ones.
    """
    headers: tuple[str, ...] = ()
    try:
        with (
            open_records(delivery, mapping.delivery, may_lack_columns=True) as records,
            BackgroundWorker() as worker,
        ):
            headers = records.headers
            reading = _DeliveredSums(mapping, delivery, records, today, worker)
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

    def __init__(
        self, mapping: Mapping, delivery: Delivery, records: Records, today: date, worker: BackgroundWorker
    ) -> None:
        self._worker = worker
        self.records = 0
        labels = column_labels(respelled(mapping, records.headers))
        missing = _missing(mapping, labels)
        self._blanks = [pl.lit("").alias(str(len(labels) + at)) for at in range(len(missing))]
        headers = (*labels, *missing)
        self._transform = Transform(mapping, headers, today=today)
        leave_out_superseded(self._transform, delivery)
        self._measure = Measure(records, self._transform)
        self._maps = ValueMapCounts(mapping, headers, today=today)

    def add(self, batch: RecordBatch) -> None:
        self.records += batch.records
        whole = batch.frame.with_columns(*self._blanks)
        mapped = self._transform.batch(whole, numbers=batch.numbers, lines=batch.lines)
        mapped = mapped.with_unmapped(batch.rejects, len(batch.repeated))
        self._worker.do(partial(self._measure.sums.add, batch, mapped))
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


class BackgroundWorker:
    """Does one thing after the other in a thread of its own, never more than one behind.

    Measuring a batch takes little, but many short steps: in the thread that feeds a database each of them would wait
    for its turn. What goes wrong is raised by the next call.
    """

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="leadingest-background")
        self._under_way: Future[None] | None = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def do(self, work: Callable[[], None]) -> None:
        """Begin the work, once what was begun before is done."""
        self.wait()
        self._under_way = self._pool.submit(work)

    def wait(self) -> None:
        """Wait until all that was begun is done."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()
