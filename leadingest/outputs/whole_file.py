"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from leadingest.errors import LeadingestError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write in the block; it stands under its name once the block is left without an error.

    Until then it has a temporary name beside it, `.NAME.….part`, so nobody finds half of it, and what stood there
    before stays. A process that is killed leaves no more than that. Raises OSError where it cannot be written.
    """
    # Not by the number of the process, which in a container is always the same; a longer name may be too long.
    unfinished = path.with_name(f".{path.name[:40]}.{token_hex(4)}.part")
    try:
        with unfinished.open("x+b") as file:
            yield file
            file.flush()
            # The name must not come before what it stands for, whenever the power fails.
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    # Not every file system can do it for a folder; then the new name is as safe as it makes it.
    with suppress(OSError):
        _sync(path.parent)


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """A `whole_file` that a user asked for: raises LeadingestError, in words, where it cannot be written."""
    try:
        with whole_file(path) as file:
            yield file
    except OSError as error:
        raise LeadingestError(
            f"{path} cannot be written: {error.strerror or error}",
            hint="check that the folder exists, that this user may write to it, and that the disk is not full",
        ) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
