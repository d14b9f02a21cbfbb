"""Whether the deliveries of a source come as often as its mapping expects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from leadingest.mapping.rhythm import Rhythm


@dataclass(frozen=True)
class Freshness:
    """When the newest delivery was made, and when the next one is due."""

    today: date
    #: When the newest delivery that could be read was made, aware UTC; None where there was none.
    delivered: datetime | None
    #: How often one is expected; None where the mapping does not say.
    rhythm: Rhythm | None

    @property
    def age(self) -> int | None:
        """Days since the newest delivery was made; below 0 where its time lies ahead."""
        return (self.today - self.delivered.date()).days if self.delivered else None

    @property
    def due(self) -> date | None:
        """The day by which the next delivery is to be there; None where nobody can tell."""
        return self.rhythm.due(self.delivered.date()) if self.rhythm and self.delivered else None

    @property
    def days_late(self) -> int:
        """Days since the next delivery was due; 0 where it is not late."""
        return max((self.today - self.due).days, 0) if self.due else 0
