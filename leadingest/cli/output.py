"""Where the output of a command goes and how wide it may be."""

import os
import shutil
import sys


def text_width() -> int | None:
    """Cells that a line of standard output may have; None where there is no terminal and no COLUMNS."""
    if not (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        return None
    return shutil.get_terminal_size().columns
