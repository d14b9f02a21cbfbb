"""A lock that the system takes back from the dead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

#: Seconds: as long as it takes.
FOREVER: Final = -1.0
#: Seconds between two looks at a lock that somebody has.
_LOOK: Final = 0.01


@contextmanager
def file_lock(file: Path, *, wait: float) -> Iterator[bool]:
    """Hold the lock for as long as the block lasts; False where somebody else had it all the `wait` seconds.

    The file is made, and taken away again. Raises OSError where that is not allowed.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(file)
    try:
        lock.acquire(timeout=wait, poll_interval=_LOOK)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        # Before it is unlocked: whoever waits for it sees that the file is gone, and makes a new one.
        file.unlink(missing_ok=True)
        lock.release()
