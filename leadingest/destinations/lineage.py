"""What all leads of a load have in common: where they come from, and when they were written."""

from __future__ import annotations

from datetime import datetime

from leadingest.destinations.times import now, time_text
from leadingest.destinations.ways.way import Constant


def lineage(source: str, file_name: str, extract_time: datetime) -> dict[str, Constant]:
    """The columns of the load table, beside the load and the record, that tell it; the time is an aware one."""
    return {
        "source_name": source,
        "source_filename": file_name,
        "source_extract_time": time_text(extract_time),
        "updated_at": now().isoformat(sep=" ", timespec="microseconds"),
    }
