"""One file that arrived from a source."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from leadingest.documents.plain_file import other_than_file
from leadingest.errors import DeliveryError, DeliveryReplacedError
from leadingest.stores.location import Location
from leadingest.stores.store import ObjectVersion


@dataclass(frozen=True)
class Delivery:
    """A file as it was when its fingerprint was taken: the same bytes have the same `sha256`."""

    path: Path
    #: The file's name without its folder.
    name: str
    #: In bytes, as delivered (packed or not).
    size: int
    #: Hexadecimal, of the bytes as delivered.
    sha256: str
    #: Last change of the file, in UTC.
    modified: datetime
    #: The object that it was fetched from, to a scratch file.
    origin: ObjectVersion | None = None

    @property
    def place(self) -> Location:
        """Where it was delivered."""
        return self.origin.url if self.origin else self.path


def fingerprint(path: Path) -> Delivery:
    """Read the file once and say what it is.

    Raises DeliveryError when there is no such file to read, when it changes while it is read, or when its time is none.
    """
    try:
        # Looked at before it is opened: opening a pipe would wait for somebody to write into it.
        before = path.stat()
        refuse_irregular(before.st_mode, path.name)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise unreadable(path.name, error) from error
    delivery = Delivery(path, path.name, size, sha256, modified(before, path.name))
    refuse_changed(delivery)
    return delivery


def refuse_changed(delivery: Delivery) -> None:
    """Raise DeliveryError when the file is no longer the one whose fingerprint was taken."""
    try:
        now = delivery.path.stat()
    except FileNotFoundError as error:
        raise DeliveryError(
            f"{delivery.name}: the file was removed while it was being read, so nothing was loaded",
            hint="put it back and run again; move files only after a run has finished",
        ) from error
    except OSError as error:
        raise unreadable(delivery.name, error) from error
    if (now.st_size, modified(now, delivery.name)) != (delivery.size, delivery.modified):
        raise DeliveryError(
            f"{delivery.name}: the file changed while it was being read, so nothing was loaded",
            hint="run again when it is complete; write it under a name that ends in .part or "
            ".tmp, which a run ignores, and rename it when it is complete",
        )


def refuse_replaced(delivery: Delivery) -> None:
    """Raise DeliveryReplacedError where another object has taken the place of the one that it was fetched from.

    Asked by whoever has the source to itself: the newer one may have been loaded before that, and one that comes later
    is loaded after this one. Raises StoreError where the bucket does not answer.
    """
    if delivery.origin and delivery.origin.replaced():
        raise DeliveryReplacedError(
            f"{delivery.origin.url}: it was replaced before it was loaded",
            hint="run again: the new one is loaded",
        )


def refuse_irregular(mode: int, name: str) -> None:
    """Raise DeliveryError when `mode`, as os.stat gives it, is not that of a file with a content of its own."""
    what = other_than_file(mode)
    if what == "a folder":
        raise DeliveryError(f"{name}: this is a folder, not a file", hint="name a file in it")
    if what:
        raise DeliveryError(
            f"{name}: this is {what}, not a file",
            hint="save its content to a file; a delivery is read more than once",
        )


def unreadable(name: str, error: OSError) -> DeliveryError:
    """The system's refusal to open or read a file, in words."""
    if isinstance(error, FileNotFoundError):
        return DeliveryError(f"{name}: file not found", hint="check the path and whether the file was moved")
    if isinstance(error, PermissionError):
        return DeliveryError(
            f"{name}: no permission to read the file", hint="give this user permission to read it"
        )
    return DeliveryError(
        f"{name}: cannot be read: {error.strerror}", hint="check the disk or the network share"
    )


def modified(info: os.stat_result, name: str) -> datetime:
    """The last change of a file, in UTC. Raises DeliveryError where it is no time of the calendar."""
    try:
        return datetime.fromtimestamp(info.st_mtime, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise DeliveryError(
            f"{name}: its modification time, {info.st_mtime:.0f} seconds since 1970, is not in the years 1 to 9999",
            hint="set its modification time, for example with `touch`",
        ) from error
