"""A pipe that looks like a file: data from memory for a reader that wants a path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

#: Where the system shows open files as paths.
_OPEN_FILES = Path("/dev/fd")


def pipes_have_paths() -> bool:
    """Whether this system can do it: Linux, macOS and the BSDs can."""
    return _OPEN_FILES.is_dir()


@contextmanager
def piped(data: bytes | memoryview) -> Iterator[str]:
    """A path that whoever opens it within the block reads the data from, once. Nothing is written to disk."""
    reading, writing = os.pipe()
    feeder = Thread(target=_feed, args=(writing, data), name="leadingest-pipe", daemon=True)
    feeder.start()
    try:
        yield str(_OPEN_FILES / str(reading))
    finally:
        # A feeder that nobody listens to any more ends here with a broken pipe.
        os.close(reading)
        feeder.join()


def _feed(writing: int, data: bytes | memoryview) -> None:
    try:
        with open(writing, "wb", buffering=0) as pipe:
            left = memoryview(data)
            while left:
                left = left[pipe.write(left) :]
    except BrokenPipeError:
        # The reader did not want all of it: it has its own error to tell, or counts fewer rows.
        return
