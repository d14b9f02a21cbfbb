"""Read a file of the project whole: a mapping, a load table, a look-up table."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from leadingest.documents.copies import refused

_OTHER_THINGS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
#: Opening a pipe waits for somebody who writes into it, unless asked not to. Windows has no such pipes.
_DO_NOT_WAIT: Final[int] = getattr(os, "O_NONBLOCK", 0)


def other_than_file(mode: int) -> str:
    """What stands there in place of a file, `mode` being that of os.stat; "" where it is a file."""
    return next((what for is_that, what in _OTHER_THINGS if is_that(mode)), "")


def read_plain_file(path: Path, *, most: int) -> bytes:
    """The bytes of the file; of one that has more than `most` so many and one more.

    Never waits, whatever stands there. Raises OSError, also for what is no file with a content of its own, and for the
    copy of a file that could not be read.
    """
    if why := refused(path):
        raise OSError(errno.EACCES, why, str(path))
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _DO_NOT_WAIT)) as file:
        if what := other_than_file(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, f"this is {what}, not a file", str(path))
        return file.read(most + 1)
