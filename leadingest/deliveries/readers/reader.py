"""What a file format brings."""

from contextlib import AbstractContextManager
from typing import Protocol

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.records import Records
from leadingest.mapping.delivery_format import DeliveryFormat


class Reader(Protocol):
    """Opens a delivery of one format; text formats read `block_size` bytes at a time."""

    def __call__(
        self, delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
    ) -> AbstractContextManager[Records]:
        """The records; raises DeliveryError."""
