"""A delivery read a first time, where its mapping has to know all its records before it can tell which become leads."""

from __future__ import annotations

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.engine.latest import superseded
from leadingest.engine.transform import Transform


def leave_out_superseded(transform: Transform, delivery: Delivery) -> None:
    """Have the transform leave out the records of the delivery that others supersede, where its mapping says `keep`.

    Raises DeliveryError as the batches of the delivery do.
    """
    mapping = transform.mapping
    if mapping.keep:
        with open_records(delivery, mapping.delivery, may_lack_columns=True) as records:
            batches = ((batch.frame, batch.numbers) for batch in records.batches())
            transform.superseded = superseded(mapping, transform.headers, batches, today=transform.today)
