"""Where the output of a command goes and how wide it may be."""

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def text_width() -> int | None:
    """Cells that a line of standard output may have; None where there is no terminal and no COLUMNS."""
    if not (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        return None
    return shutil.get_terminal_size().columns


def for_stdout(content: bytes, encoding: str = "utf-8") -> bytes | str:
    """A file that is printed: as it is; to a terminal as text, with visible control characters."""
    if not sys.stdout.isatty():
        return content
    from leadingest.reports.printable import lines_only

    return lines_only(content.decode(encoding, "replace").replace("\r\n", "\n"))


@contextmanager
def safe_streams() -> Iterator[None]:
    r"""Within it a command may print whatever it likes, wherever that goes.

    Characters that the locale cannot show are printed as `\u2026`, and where a stream was closed beforehand nothing is
    printed. What a full disk did not take is dropped at the end, for Python would try once more when it ends, and complain.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the process ends
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
