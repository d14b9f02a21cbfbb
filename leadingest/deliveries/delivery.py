"""One file that arrived from a source."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from leadingest.errors import DeliveryError

_OTHER_THINGS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


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


def fingerprint(path: Path) -> Delivery:
    """Read the file once and say what it is.

    Raises DeliveryError when there is no such file to read, or when it changes while it is read.
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
    delivery = Delivery(path, path.name, size, sha256, _modified(before))
    refuse_changed(delivery)
    return delivery


def refuse_changed(delivery: Delivery) -> None:
    """Raise DeliveryError when the file is no longer the one whose fingerprint was taken."""
    try:
        now = delivery.path.stat()
    except FileNotFoundError as error:
        raise DeliveryError(
            f"{delivery.name}: the file went away while it was read, so nothing of it was loaded",
            hint="put it back and run again; files may be moved once a run has ended",
        ) from error
    except OSError as error:
        raise unreadable(delivery.name, error) from error
    if (now.st_size, _modified(now)) != (delivery.size, delivery.modified):
        raise DeliveryError(
            f"{delivery.name}: the file changed while it was read, so nothing of it was loaded",
            hint="run again when it is complete; whoever writes it should give it its name last: "
            "a name that ends in .part or .tmp is passed over",
        )


def refuse_irregular(mode: int, name: str) -> None:
    """Raise DeliveryError when `mode`, as os.stat gives it, is not that of a file with a content of its own."""
    if stat.S_ISDIR(mode):
        raise DeliveryError(f"{name}: this is a folder, not a file", hint="give the file inside it")
    for is_that, what in _OTHER_THINGS:
        if is_that(mode):
            raise DeliveryError(
                f"{name}: this is {what}, not a file",
                hint="write what comes out of it to a file; a delivery is read more than once",
            )


def unreadable(name: str, error: OSError) -> DeliveryError:
    """The system's refusal to open or read a file, in words."""
    if isinstance(error, FileNotFoundError):
        return DeliveryError(
            f"{name}: there is no such file", hint="check the path, or whether the file was moved"
        )
    if isinstance(error, PermissionError):
        return DeliveryError(
            f"{name}: no permission to read the file", hint="give this user the right to read it"
        )
    return DeliveryError(
        f"{name}: cannot be read: {error.strerror}", hint="check the disk or the network share"
    )


def _modified(info: os.stat_result) -> datetime:
    return datetime.fromtimestamp(info.st_mtime, UTC)
