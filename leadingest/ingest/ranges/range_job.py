"""What is done with one range of a delivery, wherever that is: it is read and mapped, and its rows are put into files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Protocol

import polars as pl

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.ranges import Range, RangePlan
from leadingest.drift.measure import Sums
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.mapping.models import Mapping as SourceMapping

#: The column that every lead has something in.
_NUMBER: Final = "record_number"
#: The names of the frames of a range.
ROWS: Final = ("leads", "rejects", "invalid_values")
#: Writes the frame with the leads, the rejects or the invalid values of a range, by this name; or reads it.
WriteRows = Callable[[str, pl.DataFrame], None]
ReadRows = Callable[[str], pl.DataFrame]


@dataclass(frozen=True)
class MappedRange:
    """What a range became, apart from its rows."""

    read: int
    filtered: int
    holding: int
    superseded: int
    sums: Sums
    noticed: Noticed
    #: The columns of the leads; those without any value are not written.
    columns: Mapping[str, pl.DataType]

    def with_rows(self, read: ReadRows) -> MappedBatch | None:
        """All of it as one batch; None where there were no records."""
        if not self.read:
            return None
        leads, rejects, invalid_values = map(read, ROWS)
        blank = (
            pl.lit(None, kind).alias(name) for name, kind in self.columns.items() if name not in leads.columns
        )
        return MappedBatch(
            leads=leads.with_columns(blank).select(list(self.columns)),
            rejects=rejects,
            invalid_values=invalid_values,
            read=self.read,
            filtered=self.filtered,
            holding=self.holding,
            superseded=self.superseded,
        )


@dataclass(frozen=True)
class RangeJob:
    """All that must be known to map any range of one delivery. It can be sent anywhere: no record is in it."""

    mapping: SourceMapping
    #: Those that the mapping is applied to, in the order of the columns.
    headers: tuple[str, ...]
    plan: RangePlan
    today: date
    #: Numbers of records that others supersede: all of the delivery was looked at for that.
    superseded: pl.Series

    @cached_property
    def _transform(self) -> Transform:
        transform = Transform(self.mapping, self.headers, today=self.today)
        transform.superseded = self.superseded
        return transform

    def map(self, part: Range, stream: Readable, write: WriteRows) -> MappedRange:
        """Read and map the records of a range, whose bytes the stream begins with, and write what they became."""
        records = self.plan.records(part, stream)
        begins = part.start == self.plan.ranges[0].start
        sums = Sums(self.mapping, len(records.headers), begins=begins)
        batches = list[MappedBatch]()
        for batch in records.batches():
            mapped = self._transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
            batches.append(mapped.with_unmapped(batch.rejects, len(batch.repeated)))
            sums.add(batch, batches[-1])
        columns: Mapping[str, pl.DataType] = {}
        for rows in ROWS if batches else ():
            frame = pl.concat(getattr(each, rows) for each in batches)
            if rows == "leads":
                columns = frame.schema
                frame = frame.select(
                    each for each in frame if each.null_count() < frame.height or each.name == _NUMBER
                )
            write(rows, frame)
        return MappedRange(
            read=sum(each.read for each in batches),
            filtered=sum(each.filtered for each in batches),
            holding=sum(each.holding for each in batches),
            superseded=sum(each.superseded for each in batches),
            sums=sums,
            noticed=records.noticed,
            columns=columns,
        )


class RangeMapper(Protocol):
    """Maps the ranges of a delivery, several at the same time."""

    #: A smaller file, in bytes, is not cut.
    least_size: int
    #: Bytes of text that a range has, or a little more.
    range_size: int
    #: What does it, for people: `2 processes`.
    name: str

    def map(self, job: RangeJob, delivery: Delivery) -> Iterator[tuple[MappedRange, MappedBatch | None]]:
        """What each range became, in their order. Raises what goes wrong with any of them, in its turn."""
