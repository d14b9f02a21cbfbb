"""What is known of a load: before it starts, when it ends, and afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

LoadStatus = Literal["running", "loaded", "held", "failed"]


@dataclass(frozen=True)
class NewLoad:
    """A delivery that is about to be loaded; `extract_time` is an aware UTC time."""

    source: str
    file_name: str
    file_size: int
    file_sha256: str
    mapping_hash: str
    extract_time: datetime


@dataclass(frozen=True)
class Counts:
    """What became of the records of a delivery: read = loaded + rejected + filtered."""

    read: int
    loaded: int
    rejected: int
    filtered: int
    #: Blanked cells of loaded records.
    invalid_values: int

    @property
    def balanced(self) -> bool:
        """Whether every record read is accounted for."""
        return self.read == self.loaded + self.rejected + self.filtered


@dataclass(frozen=True)
class LoadRow:
    """A row of `loads`; times are aware UTC, `error` is empty unless the load failed."""

    load_id: int
    source_name: str
    load_table: str
    status: LoadStatus
    file_name: str
    file_size: int
    file_sha256: str
    mapping_hash: str
    records_read: int
    records_loaded: int
    records_rejected: int
    records_filtered: int
    invalid_values: int
    extract_time: datetime
    started_at: datetime
    finished_at: datetime | None
    error: str
    program_version: str
    #: Whether the view shows this load.
    published: bool
