"""Copies of a delivery, whole and with its time, made only as long as it is the file of its fingerprint."""

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Final, Protocol

from leadingest.deliveries.byte_stream import Readable
from leadingest.deliveries.delivery import Delivery, unreadable
from leadingest.errors import DeliveryError
from leadingest.outputs.whole_file import whole_file

_STEP: Final = 1 << 20


class Writable(Protocol):
    """Anything with write(bytes)."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes."""


def copy_delivery(
    delivery: Delivery,
    place: Path,
    *,
    packing: Callable[[IO[bytes]], AbstractContextManager[Writable]] = nullcontext,
) -> None:
    """Copy the delivery to the place, through `packing` if it is given; the copy has its time, the folder is made.

    Raises OSError where that cannot be written, DeliveryError where the delivery is gone or has changed.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        original = delivery.path.open("rb")
    except OSError as error:
        raise unreadable(delivery.name, error) from error
    with original, whole_file(place) as file:
        with packing(file) as into:
            copy_bytes(original, into, sha256=delivery.sha256, name=delivery.name)
        file.flush()
        changed = os.fstat(original.fileno()).st_mtime_ns
        os.utime(file.fileno(), ns=(changed, changed))


def copy_bytes(stream: Readable, into: Writable, *, sha256: str, name: str) -> None:
    """Copy a piece at a time. Raises DeliveryError at the end where it was not that content."""
    digest = hashlib.sha256()
    while piece := stream.read(_STEP):
        digest.update(piece)
        into.write(piece)
    if digest.hexdigest() != sha256:
        raise DeliveryError(f"{name} is no longer the same file")
