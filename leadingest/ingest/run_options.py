"""What a run is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from leadingest.deliveries.kept.archive import Archive
from leadingest.deliveries.kept.dead_letters import DeadLetters
from leadingest.ingest.kept_deliveries import KeptDeliveries


@dataclass(frozen=True)
class RunOptions:
    """Where deliveries come from and where leads go to."""

    inbox: Path
    #: SQLAlchemy URL; None for a dry run that is compared with nothing.
    database_url: str | None
    #: A file to load instead of the newest one in the inbox.
    file: Path | None = None
    #: Load a delivery even if it was loaded under the same mapping before.
    again: bool = False
    #: Seconds to wait for another run of the same source.
    wait: float = 0
    #: Sources at a time; None for what suits machine and database.
    jobs: int | None = None
    #: Folders in which deliveries are kept that failed, and that were loaded; None for nowhere.
    dead_letters: Path | None = None
    archive: Path | None = None
    #: Read, map and check everything, compare it with what is published, and write nothing anywhere.
    dry_run: bool = False
    #: The day of the run, UTC.
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    #: Seconds before each further try of a load that the database has broken off.
    pauses: Sequence[float] = (1, 2, 4, 8, 16)

    @property
    def dry(self) -> bool:
        """Whether nothing is to be written anywhere."""
        return self.dry_run or self.database_url is None

    @property
    def kept(self) -> KeptDeliveries:
        """What is kept of deliveries: nothing in a dry run."""
        if self.dry:
            return KeptDeliveries()
        return KeptDeliveries(
            DeadLetters(self.dead_letters) if self.dead_letters else None,
            Archive(self.archive) if self.archive else None,
        )
