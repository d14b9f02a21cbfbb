"""One file that arrived from a source."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from leadingest.errors import DeliveryError


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
    """Read the file once and say what it is. Raises DeliveryError when there is no such file to read."""
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise unreadable(path.name, error) from error
    return Delivery(path=path, name=path.name, size=size, sha256=sha256, modified=modified)


def unreadable(name: str, error: OSError) -> DeliveryError:
    """The system's refusal to open or read a file, in words."""
    if isinstance(error, FileNotFoundError):
        return DeliveryError(
            f"{name}: there is no such file", hint="check the path, or whether the file was moved"
        )
    if isinstance(error, IsADirectoryError):
        return DeliveryError(f"{name}: this is a folder, not a file", hint="name the file inside it")
    if isinstance(error, PermissionError):
        return DeliveryError(
            f"{name}: no permission to read the file", hint="give this user the right to read it"
        )
    return DeliveryError(
        f"{name}: cannot be read: {error.strerror}", hint="check the disk or the network share"
    )
