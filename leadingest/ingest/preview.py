"""A delivery as it would load: some of its records beside the leads they become, and what each field is like.

Nothing is written anywhere, and no database is needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.deliveries.repeat import numbering
from leadingest.destinations.ledger import RecordCounts
from leadingest.drift.superseded import leave_out_superseded
from leadingest.engine.transform import Transform
from leadingest.errors import UsageError
from leadingest.ingest.record_view import RecordView, record_views
from leadingest.ingest.tally import FaultCount, Tally
from leadingest.mapping.models import Mapping
from leadingest.tables.types.base import stored_text
from leadingest.wording import counted

Progress = Callable[[int], None]
#: Distinct values of a field that are kept in memory; of more it is only said that there are more.
MOST_DISTINCT = 10_000
_MOST_EXAMPLES = 5


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
    #: How many of the filtered records `keep` has left out.
    superseded: int


def preview_delivery(
    mapping: Mapping,
    delivery: Delivery,
    *,
    choice: RecordChoice,
    today: date,
    limit: int | None = None,
    progress: Progress = lambda _: None,
) -> Preview:
    """Map the delivery, or the first `limit` records of the file, and show those of `choice`.

    Raises DeliveryError where it cannot be read as `leadingest run` would read it, UsageError where it has not all of
    the records that were named.
    """
    tally = Tally()
    fields = [FieldValues(name) for name in mapping.fields]
    shown: dict[int, RecordView] = {}
    with open_records(delivery, mapping.delivery) as records:
        transform = Transform(mapping, records.headers, today=today)
        leave_out_superseded(transform, delivery)
        reading = _LimitedBatches(records.batches(), limit and limit * mapping.delivery.places)
        for batch in reading:
            mapped = transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
            mapped = mapped.with_unmapped(batch.rejects, len(batch.repeated))
            tally.add(mapped)
            for each in fields:
                each.add(mapped.leads, mapped.invalid_values)
            kept = choice.keep([*batch.numbers, *batch.rejects["record_number"].to_list()])
            shown |= {view.number: view for view in record_views(transform, batch, mapped, kept)}
            shown = {number: view for number, view in shown.items() if number in kept}
            progress(tally.read)
    missing = sorted(choice.keep([]) - shown.keys())
    if missing:
        read = counted(tally.read, "record")
        why = f"it has {read}" if reading.whole else f"only the first {read} were read"
        raise UsageError(
            f"{delivery.name} has no record {missing[0]}: {why}", hint=numbering(mapping.delivery)
        )
    return Preview(
        source=mapping.source,
        file=delivery.name,
        counts=tally.counts,
        whole=reading.whole,
        records=tuple(shown[number] for number in sorted(shown)),
        fields=tuple(each.summary() for each in fields),
        reject_counts=tally.reject_counts,
        invalid_value_counts=tally.invalid_value_counts,
        new_headers=transform.binding.new,
        superseded=tally.superseded,
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


class RecordChoice(Protocol):
    """Is handed the numbers of the records as they come."""

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """The numbers chosen of all that have come so far; one that is left out does not come back."""


@dataclass
class FirstRecords:
    """The first records of the delivery."""

    most: int
    _kept: set[int] = field(default_factory=set)

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """The first so far."""
        self._kept.update(sorted(numbers)[: self.most - len(self._kept)])
        return self._kept


@dataclass(frozen=True)
class TheseRecords:
    """The records with these numbers."""

    wanted: frozenset[int]

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """All that are wanted, there or not."""
        return set(self.wanted)


@dataclass
class RandomRecords:
    """As many records, each as likely as any other: those that drew the lowest numbers."""

    most: int
    random: np.random.Generator
    _drawn: dict[int, float] = field(default_factory=dict)

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """Those that have drawn the lowest numbers so far."""
        draws = self.random.random(len(numbers))
        lowest = np.argsort(draws)[: self.most]
        self._drawn |= {int(numbers[at]): float(draws[at]) for at in lowest}
        kept = sorted(self._drawn, key=lambda number: self._drawn[number])[: self.most]
        self._drawn = {number: self._drawn[number] for number in kept}
        return set(self._drawn)


def chosen_records(records: int, *, at_random: bool, numbers: Sequence[int]) -> RecordChoice:
    """Those with these numbers, else so many from the start or at random."""
    if numbers:
        return TheseRecords(frozenset(numbers))
    return RandomRecords(records, np.random.default_rng()) if at_random else FirstRecords(records)


@dataclass(frozen=True)
class InvalidExample:
    """Cells, by header, that could not be read, the rule that refused them, and how often they came."""

    cells: Dict[str, str]
    rule: str
    count: int


@dataclass(frozen=True)
class FieldSummary:
    """A field over all leads seen: how many have a value, how many cells could not be read, which values there are.

    `distinct` is exact unless `more` says that there are more. The most frequent values come first.
    """

    name: str
    filled: int
    invalid: int
    distinct: int
    more: bool
    examples: tuple[tuple[str, int], ...]
    invalid_examples: tuple[InvalidExample, ...]


class FieldValues:
    """Counts the values of a field."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._filled = self._invalid = 0
        self._values = _Counts(["value"])
        self._unread = _Counts(["raw_value", "header", "rule"])

    def add(self, leads: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Count the leads and invalid values of a batch."""
        values = leads.select(pl.col(self.name).alias("value")).drop_nulls()
        unread = invalid_values.filter(pl.col("field") == self.name).select("raw_value", "header", "rule")
        self._filled += values.height
        self._invalid += unread.height
        self._values.add(values)
        self._unread.add(unread)

    def summary(self) -> FieldSummary:
        """The counts so far."""
        return FieldSummary(
            name=self.name,
            filled=self._filled,
            invalid=self._invalid,
            distinct=self._values.distinct,
            more=self._values.more,
            examples=tuple((stored_text(value), count) for value, count in self._values.most_frequent()),
            invalid_examples=tuple(
                InvalidExample(_cells(raw or "", header), rule, count)
                for raw, header, rule, count in self._unread.most_frequent()
            ),
        )


def _cells(raw: str, header: str) -> dict[str, str]:
    """The raw value of one column, or the object of several that the engine writes."""
    try:
        cells = json.loads(raw)
    except ValueError:
        return {header: raw}
    several = isinstance(cells, dict) and len(cells) > 1 and ", ".join(cells) == header
    return cells if several else {header: raw}


class _Counts:
    """How often each row of values came, for as many distinct ones as there is room for."""

    def __init__(self, columns: list[str]) -> None:
        self._columns = columns
        self._counted: pl.DataFrame | None = None
        self.more = False

    @property
    def distinct(self) -> int:
        """Distinct rows that are kept."""
        return 0 if self._counted is None else self._counted.height

    def add(self, rows: pl.DataFrame) -> None:
        new = rows.group_by(self._columns).agg(pl.len().cast(pl.Int64).alias("times"))
        if self._counted is not None:
            together = pl.concat([self._counted, new])
            new = together.group_by(self._columns).agg(pl.col("times").sum())
        if new.height > MOST_DISTINCT:
            self.more = True
            new = self._ranked(new).head(MOST_DISTINCT)
        self._counted = new

    def most_frequent(self) -> Iterable[tuple[Any, ...]]:
        """The rows that came most often, each with its count."""
        return [] if self._counted is None else self._ranked(self._counted).head(_MOST_EXAMPLES).rows()

    def _ranked(self, counted: pl.DataFrame) -> pl.DataFrame:
        return counted.sort("times", *self._columns, descending=[True, *[False] * len(self._columns)])
