"""Where the output of a command goes and how wide it may be."""

import io
import os
import shutil
import sys


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


def print_what_there_is_no_sign_for() -> None:
    r"""Characters that the locale cannot show are printed as `\u2026`, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
