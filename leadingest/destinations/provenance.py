"""Where a lead comes from, who loaded it, and when: what every destination keeps, and in which form."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from secrets import token_hex

#: Between what people read and what makes it unlike any other.
_MARK = " #"


def run_by() -> str:
    """The name of this process: one that no other has, and that is never given again."""
    return f"process {os.getpid()} on {socket.gethostname()[:80]}{_MARK}{token_hex(8)}"


def process_of(name: str) -> str:
    """What people read of it: `process 4711 on box1`."""
    return name.rpartition(_MARK)[0] or name


def now() -> datetime:
    """The present as a destination keeps it: UTC, without a zone."""
    return naive(datetime.now(UTC))


def naive(time: datetime) -> datetime:
    """An aware time as a destination keeps it."""
    return time.astimezone(UTC).replace(tzinfo=None)


def aware(time: datetime) -> datetime:
    """A time that a destination has kept, with its zone."""
    return time.replace(tzinfo=UTC)


def lineage(source: str, file_name: str, extract_time: datetime) -> dict[str, str | datetime]:
    """What all leads of a load have in common beside the load's number, by column; the time is an aware one."""
    return {
        "source_name": source,
        "source_filename": file_name,
        "source_extract_time": naive(extract_time),
        "updated_at": now(),
    }
