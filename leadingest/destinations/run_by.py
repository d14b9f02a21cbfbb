"""Who runs a load, as others are told of it."""

from __future__ import annotations

import os
import socket
from secrets import token_hex

#: Between what people read and what makes it unlike any other.
_MARK = " #"


def run_by() -> str:
    """The name of this process: one that no other has, and that is never given again."""
    return f"process {os.getpid()} on {socket.gethostname()[:80]}{_MARK}{token_hex(8)}"


def process_of(name: str) -> str:
    """What people read of it: `process 4711 on box1`."""
    return name.rpartition(_MARK)[0] or name
