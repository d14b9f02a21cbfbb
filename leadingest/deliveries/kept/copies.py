"""Copies of a delivery: what one is called, and that it is whole, with its time, of the file of its fingerprint."""

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, Protocol

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.delivery import Delivery, unreadable
from leadingest.errors import DeliveryError
from leadingest.outputs.whole_file import whole_file

#: What may stand in a file name everywhere, and means nothing to a shell.
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
#: Characters of a name that are kept: the last ones, for they tell the format.
_MOST: Final = 100
#: Hexadecimal digits of the SHA-256 that stand in a name.
_DIGITS: Final = 16
_STEP: Final = 1 << 20


def kept_name(time: datetime, sha256: str, name: str) -> str:
    """`20260801T120000Z_0123456789abcdef_acme.csv`; the time is an aware one."""
    return f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}_{sha256[:_DIGITS]}_{harmless(name)}"


def harmless(name: str) -> str:
    """The name of a file with an underscore for what is odd in it."""
    return _ODD.sub("_", name)[-_MOST:]


def copies_of(folder: Path, sha256: str) -> list[Path]:
    """The files in the folder that are called so after this content, the oldest first."""
    return sorted(folder.glob(f"*Z_{sha256[:_DIGITS]}_*")) if folder.is_dir() else []


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
