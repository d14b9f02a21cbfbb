"""What is known of an export: before it is marked, and afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class NewExport:
    """A file that was handed out under a name."""

    file_name: str
    file_sha256: str
    #: The columns of the file, in their order.
    columns: tuple[str, ...]
    #: Which leads were asked for, as JSON can hold it.
    chosen_by: Mapping[str, Any]
    #: The number of the published load, by source.
    loads: Mapping[str, int]
    new: int
    changed: int
    reappeared: int
    known: int
    gone: int


@dataclass(frozen=True)
class ExportRow:
    """An export that is done: a row of `exports`; `exported_at` is aware UTC."""

    export_id: int
    columns: tuple[str, ...]
    file_name: str
    exported_at: datetime
