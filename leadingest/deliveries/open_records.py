"""Open a delivery, whatever its format."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from leadingest.deliveries.compression import inner_name
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.readers import reader_of
from leadingest.deliveries.records import Records
from leadingest.deliveries.repeat import lacking
from leadingest.mapping.delivery_format import DeliveryFormat

#: Bytes of text proven, parsed and mapped at a time: less costs more for each record, more only more memory.
BLOCK_SIZE: Final = 8 << 20


@contextmanager
def open_records(
    delivery: Delivery, fmt: DeliveryFormat, *, block_size: int = BLOCK_SIZE, may_lack_columns: bool = False
) -> Iterator[Records]:
    """The records of a delivery as columns of text; memory stays bounded by the block size for text files.

    A record that cannot be read is a reject. Raises DeliveryError, then or while the records are gone
    through, when the file as such cannot be read: it is then loaded not at all. So does one that lacks a column under
    `repeat`, unless it may.
    """
    name = fmt.format or fmt.format_of(inner_name(delivery, fmt))
    with reader_of(name)(delivery, fmt, format_name=name, block_size=block_size) as records:
        if records.absent and not may_lack_columns:
            raise lacking(delivery.name, records.absent)
        yield records
