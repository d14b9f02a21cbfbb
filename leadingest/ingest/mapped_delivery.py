"""A delivery read and mapped: batch by batch in this process, or in ranges that others map."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from leadingest.deliveries.delivery import Delivery, refuse_changed
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.ranges import one_range_because, planned
from leadingest.deliveries.readers.text_records import TextRecords
from leadingest.deliveries.records import RecordBatch, Records
from leadingest.deliveries.repeat import lacking
from leadingest.drift.measure import BackgroundWorker, Measure
from leadingest.drift.superseded import leave_out_superseded
from leadingest.engine.binding import respelled
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import DeliveryError
from leadingest.ingest.concurrency import prefetch
from leadingest.ingest.load_drift import without_missing
from leadingest.ingest.ranges.range_job import RangeJob, RangeMapper
from leadingest.mapping.models import Mapping


@dataclass
class MappedDelivery:
    """An opened delivery with what it becomes. It is measured while it is gone through."""

    mapping: Mapping
    delivery: Delivery
    records: Records
    transform: Transform
    measure: Measure
    today: date
    ranges: RangeMapper | None
    #: How it was read in ranges, or why it was not, where it should have been.
    remarks: tuple[str, ...] = ()

    def batches(self) -> Generator[MappedBatch, None, None]:
        """What the records become, in their order; can be gone through once. Raises as `Records.batches` does."""
        if self.ranges is None or self.delivery.size < self.ranges.least_size:
            return self._one_by_one()
        because = one_range_because(self.records, self.delivery)
        if not because and self.transform.in_order:
            because = "`unique` compares all its records"
        if because or not isinstance(self.records, TextRecords):
            self.remarks = (f"mapped in one process, not in {self.ranges.name}, because {because}",)
            return self._one_by_one()
        return self._in_ranges(self.ranges, self.records)

    def _one_by_one(self) -> Generator[MappedBatch, None, None]:
        def both(batch: RecordBatch) -> tuple[RecordBatch, MappedBatch]:
            mapped = self.transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
            return batch, mapped.with_unmapped(batch.rejects, len(batch.repeated))

        batches = self.records.batches()
        with BackgroundWorker() as worker:
            for read, mapped in map(both, batches) if self.transform.in_order else prefetch(both, batches):
                worker.do(partial(self.measure.sums.add, read, mapped))
                yield mapped
            worker.wait()

    def _in_ranges(self, ranges: RangeMapper, records: TextRecords) -> Generator[MappedBatch, None, None]:
        plan = planned(records, size=ranges.range_size)
        number = len(plan.ranges)
        self.remarks = (f"mapped in {number} range{'' if number == 1 else 's'} by {ranges.name}",)
        transform = self.transform
        job = RangeJob(transform.mapping, transform.headers, plan, self.today, transform.superseded)
        rejected = 0
        for place, (mapped, batch) in enumerate(ranges.map(job, self.delivery)):
            if place:
                self.measure.sums.merge(mapped.sums)
            else:
                self.measure.sums = mapped.sums
            records.noticed.add_part(mapped.noticed)
            if batch:
                rejected += batch.rejects.height
                yield batch
        refuse_changed(self.delivery)
        if rejected and not self.measure.sums.profiler.records:
            self._refuse_unreadable()

    def _refuse_unreadable(self) -> None:
        """Read the file once more as one, which says best why none of its records can be read."""
        with open_records(self.delivery, self.mapping.delivery, may_lack_columns=True) as records:
            for _ in records.batches():
                continue


@contextmanager
def opened_mapped(
    mapping: Mapping,
    delivery: Delivery,
    *,
    today: date,
    ranges: RangeMapper | None,
    refused: Callable[[DeliveryError], DeliveryError],
) -> Iterator[MappedDelivery]:
    """The delivery, opened, with its mapping, for as long as the block lasts.

    `ranges` maps it in ranges, where it is large enough and can be cut. `refused` is told why the headers do not fit the
    mapping, and says what is raised.
    """
    with open_records(delivery, mapping.delivery, may_lack_columns=True) as records:
        tolerant = mapping.on_drift.missing != "fail"
        headers = respelled(mapping, records.headers)
        fitting = without_missing(mapping, headers) if tolerant else mapping
        absent = [lacking(delivery.name, records.absent)] if records.absent and not tolerant else []
        try:
            transform = Transform(fitting, headers, today=today)
        except DeliveryError as error:
            raise refused(_all_of([*absent, error])) from error
        if absent:
            raise refused(_all_of(absent))
        leave_out_superseded(transform, delivery)
        measure = Measure(records, transform)
        yield MappedDelivery(mapping, delivery, records, transform, measure, today, ranges)


def _all_of(errors: Sequence[DeliveryError]) -> DeliveryError:
    """One error that says all, so that whoever corrects the mapping has to do it once."""
    message = "\n".join(error.message for error in errors)
    return DeliveryError(message, hint="\n".join(error.hint for error in errors if error.hint))
