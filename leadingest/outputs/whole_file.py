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
    before stays. A process that is killed leaves no more than that.
    Raises LeadingestError where it cannot be written: no such folder, no right, a full disk.
    """
    # Not by the number of the process, which in a container is always the same.
    unfinished = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        try:
            with unfinished.open("xb") as file:
                yield file
                file.flush()
                # The name must not come before what it stands for, whenever the power fails.
                os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        _sync(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> LeadingestError:
    """What to tell of a file that cannot be written."""
    return LeadingestError(
        f"{path} cannot be written: {error.strerror or error}",
        hint="see that the folder is there, that this user may write in it, and that the disk is not full",
    )


def _sync(folder: Path) -> None:
    """See to it that the name stays as well; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
