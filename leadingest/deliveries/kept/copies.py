"""Copies of a delivery: what one is called, and that it is whole, with its time, of the file of its fingerprint."""

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import IO, Final, Protocol

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.delivery import Delivery, unreadable
from leadingest.errors import DeliveryError
from leadingest.stores.store import Store

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


def copies_of(store: Store, source: str, sha256: str) -> list[str]:
    """The keys of the source's copies of this content, the oldest first."""
    pattern = f"*Z_{sha256[:_DIGITS]}_*"
    return [f"{source}/{name}" for name in store.names(source) if fnmatchcase(name, pattern)]


def time_in_key(key: str) -> int:
    """The time that a copy is called by, in nanoseconds since 1970."""
    time = datetime.strptime(key.rpartition("/")[2].partition("_")[0], "%Y%m%dT%H%M%SZ")
    return int(time.replace(tzinfo=UTC).timestamp()) * 1_000_000_000


def parts_of(copy: str) -> tuple[str, str]:
    """Of the key of a copy: how the hash of its content begins, and the name that it is kept under."""
    _, digits, name = copy.rpartition("/")[2].split("_", 2)
    return digits, name


class Writable(Protocol):
    """Anything with write(bytes)."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes."""


def copy_delivery(
    delivery: Delivery,
    store: Store,
    key: str,
    *,
    packing: Callable[[IO[bytes]], AbstractContextManager[Writable]] = nullcontext,
) -> None:
    """Copy the delivery into the store, through `packing` if it is given; the copy has its time.

    Raises OSError or StoreError where that cannot be written, DeliveryError where the delivery is gone or has changed.
    """
    try:
        original = delivery.path.open("rb")
    except OSError as error:
        raise unreadable(delivery.name, error) from error
    with original:
        changed = os.fstat(original.fileno()).st_mtime_ns
        with store.written(key, time_ns=changed) as file, packing(file) as into:
            copy_bytes(original, into, sha256=delivery.sha256, name=delivery.name)


def copy_bytes(stream: Readable, into: Writable, *, sha256: str, name: str) -> None:
    """Copy a piece at a time. Raises DeliveryError at the end where it was not the content with that hash, or beginning of one."""
    digest = hashlib.sha256()
    while piece := stream.read(_STEP):
        digest.update(piece)
        into.write(piece)
    if not digest.hexdigest().startswith(sha256):
        raise DeliveryError(f"{name} is no longer the same file")
