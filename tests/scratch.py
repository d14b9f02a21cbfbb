"""Where the tests keep their files: in memory, where there is room, for nothing of theirs has to survive a crash."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # what is made there has names of its own
#: Bytes that must be free: a whole run of the tests keeps a quarter of it at a time.
_ROOM = 4 << 30
#: Names another folder for temporary files, as for all programs.
_CHOICE = "TMPDIR"


def use_memory() -> None:
    """Have temporary files of this process, and of those that it starts, in memory, unless somebody chose a folder.

    A server makes a database and drops it again in a quarter of the time.
    """
    if _CHOICE in os.environ or not os.access(_MEMORY, os.W_OK) or shutil.disk_usage(_MEMORY).free < _ROOM:
        return
    os.environ[_CHOICE] = tempfile.tempdir = str(_MEMORY)
