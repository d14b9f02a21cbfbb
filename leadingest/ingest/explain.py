"""How one record of a delivery became a lead, or why it did not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.records import RecordBatch
from leadingest.deliveries.repeat import numbering
from leadingest.documents.nearest import did_you_mean
from leadingest.drift.superseded import leave_out_superseded
from leadingest.engine.story import Story, Storyteller
from leadingest.engine.transform import MappedBatch, Transform
from leadingest.errors import UsageError
from leadingest.ingest.record_view import RecordView, record_views
from leadingest.mapping.models import Mapping
from leadingest.wording import counted


@dataclass(frozen=True)
class Explanation:
    """A record, what became of it, and the stories of its fields and of the `let` values that they read.

    There are no stories where the record could not be taken apart.
    """

    source: str
    file: str
    record: RecordView
    where: str
    lead_key: str | None
    lets: tuple[Story, ...] = ()
    fields: tuple[Story, ...] = ()
    #: What the record has in common with the one that is kept in its stead.
    superseded_per: tuple[str, ...] = ()
    #: Which of several leads in a record of the file it is, from 1; None where the mapping has no `repeat`.
    place: int | None = None


def explain_record(
    mapping: Mapping,
    delivery: Delivery,
    number: int,
    *,
    today: date,
    fields: Sequence[str] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Explanation:
    """The record with this number, as `leadingest run` would load it; of all fields of the mapping, or of these.

    Raises UsageError when there is no such record or field, DeliveryError where the delivery cannot be read so far.
    """
    names = list(dict.fromkeys(fields)) or list(mapping.fields)
    for name in names:
        if name not in mapping.fields:
            raise UsageError(
                f"the mapping of {mapping.source} has no field {name!r}{did_you_mean(name, mapping.fields)}",
                hint=f"the fields are {', '.join(mapping.fields)}",
            )
    with open_records(delivery, mapping.delivery) as records:
        transform = Transform(mapping, records.headers, today=today)
        leave_out_superseded(transform, delivery)
        read = 0
        for batch in records.batches():
            rejects = batch.rejects["record_number"].to_list()
            here = number in batch.numbers or number in rejects
            # Values that must be unique are told by what earlier records had.
            if here or transform.in_order:
                mapped = transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
                if here:
                    mapped = mapped.with_unmapped(batch.rejects, len(batch.repeated))
                    return _explained(
                        transform, batch, mapped, file=delivery.name, number=number, names=names
                    )
            if number in batch.repeated:
                raise UsageError(
                    f"record {number} of {delivery.name} is a repeated header or a title: it is left out and counted as filtered"
                )
            read += batch.records
            progress(read)
    raise UsageError(
        f"{delivery.name} has no record {number}: it has {counted(read, 'record')}",
        hint=numbering(mapping.delivery),
    )


def _explained(
    transform: Transform,
    batch: RecordBatch,
    mapped: MappedBatch,
    *,
    file: str,
    number: int,
    names: Sequence[str],
) -> Explanation:
    mapping = transform.mapping
    (record,) = record_views(transform, batch, mapped, [number])
    keys = mapped.leads.filter(pl.col("record_number") == number)["lead_key"].to_list()
    explanation = Explanation(
        source=mapping.source,
        file=file,
        record=record,
        where=mapping.where.text if mapping.where else "",
        lead_key=keys[0] if keys else None,
        place=(number - 1) % mapping.delivery.places + 1 if mapping.delivery.repeat else None,
        superseded_per=mapping.keep.per if mapping.keep and record.superseded else (),
    )
    if number not in batch.numbers:
        return explanation
    teller = Storyteller(transform, batch.frame[batch.numbers.index(number)])
    return replace(
        explanation,
        lets=tuple(teller.let(name) for name in teller.lets(names)),
        fields=tuple(teller.field(name) for name in names),
    )
