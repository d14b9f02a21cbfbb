"""The file beside an export that tells what is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leadingest import __version__
from leadingest.destinations.ledger import LoadRow
from leadingest.exporting.request import Request

#: Raised when a key goes or changes its meaning; a new key is no reason.
VERSION = 1


@dataclass(frozen=True)
class ExportCounts:
    """What became of the published leads of the sources that were asked for: their sum is `published`."""

    published: int
    #: In the file. Of an export without a name all are new.
    new: int
    changed: int
    #: Gone at the last export, and there again.
    reappeared: int
    #: Not in the file: handed out before, as they are.
    known: int
    #: Not asked for: they do not meet the condition.
    left_out: int
    #: There at the last export, and not among those that are asked for any more; no part of the sum.
    gone: int

    @property
    def written(self) -> int:
        """Leads in the file."""
        return self.new + self.changed + self.reappeared

    @property
    def balanced(self) -> bool:
        """Whether every published lead is accounted for."""
        return self.published == self.written + self.known + self.left_out


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def manifest_text(
    request: Request,
    counts: ExportCounts,
    loads: Iterable[LoadRow],
    *,
    columns: Iterable[str],
    sha256: str,
    size: int,
    at: datetime,
) -> str:
    """The manifest as a JSON document; `at` is the time of the export, aware."""
    document: dict[str, Any] = {
        "version": VERSION,
        "program_version": __version__,
        "export": request.name or None,
        "exported_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "file": request.file.name,
        "format": request.format,
        "bytes": size,
        "sha256": sha256,
        "columns": list(columns),
        "chosen_by": request.chosen_by,
        "all_again": request.all_again,
        "counts": {
            "written": counts.written,
            **{
                name: getattr(counts, name)
                for name in ("new", "changed", "reappeared", "known", "left_out", "published", "gone")
            },
        },
        "loads": {
            load.source_name: {
                "load_id": load.load_id,
                "file": load.file_name,
                "extract_time": load.extract_time.isoformat(),
            }
            for load in loads
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
