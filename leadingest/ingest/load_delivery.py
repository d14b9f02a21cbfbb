"""One delivery through its mapping into a load table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import Counts, NewLoad
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import BalanceError
from leadingest.ingest.ahead import ahead
from leadingest.ingest.tally import FaultCount, Tally
from leadingest.mapping.models import Mapping

#: Told how many records have been read so far.
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Outcome:
    """What a delivery became: `held` where an invalid value of a field says `on_invalid: hold`."""

    load_id: int | None
    status: Literal["loaded", "held", "checked"]
    counts: Counts
    #: Invalid values for which the load is held.
    holding: int
    #: Headers that the mapping neither reads nor ignores.
    new_headers: tuple[str, ...]
    reject_counts: tuple[FaultCount, ...] = ()
    invalid_value_counts: tuple[FaultCount, ...] = ()


def load_delivery(
    mapping: Mapping, delivery: Delivery, destination: Destination, *, today: date, progress: Progress
) -> Outcome:
    """Load the delivery and publish it, all or nothing.

    `today` is the day by which two-digit years are placed. It is that of the run: the time of a file may be
    older than what is in it, as after unpacking or copying.

    Raises DeliveryError, DefinitionError, DestinationError or BalanceError; the load is then marked failed
    and nothing of it is visible.
    """
    new = NewLoad(
        source=mapping.source,
        file_name=delivery.name,
        file_size=delivery.size,
        file_sha256=delivery.sha256,
        mapping_hash=mapping.digest,
        extract_time=delivery.modified,
    )
    tally = Tally()
    with destination.start(new) as load, _mapped(mapping, delivery, today) as (transform, batches):
        for records, mapped in batches:
            load.write(leads=mapped.leads, rejects=mapped.rejects, invalid_values=mapped.invalid_values)
            tally.add(records, mapped)
            progress(tally.read)
        _balance(tally.counts)
        load.write_profiles(tally.profiles(transform.binding.labels))
        status: Literal["loaded", "held"] = "held" if tally.holding else "loaded"
        load.finish(tally.counts, status=status)
    return _outcome(tally, transform, load_id=load.id, status=status)


def check_delivery(mapping: Mapping, delivery: Delivery, *, today: date, progress: Progress) -> Outcome:
    """Everything that `load_delivery` does but the loading: no database is needed."""
    tally = Tally()
    with _mapped(mapping, delivery, today) as (transform, batches):
        for records, mapped in batches:
            tally.add(records, mapped)
            progress(tally.read)
    _balance(tally.counts)
    return _outcome(tally, transform, load_id=None, status="checked")


def _outcome(
    tally: Tally, transform: Transform, *, load_id: int | None, status: Literal["loaded", "held", "checked"]
) -> Outcome:
    return Outcome(
        load_id,
        status,
        tally.counts,
        tally.holding,
        transform.binding.new,
        tally.reject_counts,
        tally.invalid_value_counts,
    )


@contextmanager
def _mapped(
    mapping: Mapping, delivery: Delivery, today: date
) -> Iterator[tuple[Transform, Iterator[tuple[pl.DataFrame, MappedBatch]]]]:
    """The transform, and each batch of records as read beside what it became."""
    with open_records(delivery, mapping.delivery) as records:
        transform = Transform(mapping, records.headers, today=today)

        def both(batch: RecordBatch) -> tuple[pl.DataFrame, MappedBatch]:
            mapped = transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
            return batch.frame, mapped.with_unread(batch.rejects)

        batches = records.batches()
        yield transform, map(both, batches) if transform.in_order else ahead(both, batches)


def _balance(counts: Counts) -> None:
    if not counts.balanced:
        raise BalanceError(
            f"{counts.read} records were read, but {counts.loaded} loaded, {counts.rejected} rejected and "
            f"{counts.filtered} filtered",
            hint="this is a fault of leadingest: nothing was published; please report it",
        )
