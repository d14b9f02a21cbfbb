"""All sources of a load table at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadingest.overview.source_state import URGENT, Condition, SourceState
from leadingest.tables.load_table import LoadTable


@dataclass(frozen=True)
class Overview:
    """The sources by name; `made_at` is an aware UTC time."""

    made_at: datetime
    table: LoadTable
    sources: tuple[SourceState, ...]

    @property
    def leads(self) -> int:
        """Leads of all published loads."""
        return sum(source.leads for source in self.sources)

    def share(self, field: str) -> float | None:
        """The share of all published leads with a value in the field; None if no source has any."""
        if all(source.share(field) is None for source in self.sources):
            return None
        return sum(source.filled.get(field, 0) for source in self.sources) / self.leads

    def with_condition(self, condition: Condition) -> tuple[SourceState, ...]:
        """The sources that are in this condition."""
        return tuple(source for source in self.sources if condition in source.conditions)

    def urgent(self) -> list[SourceState]:
        """The sources that somebody should look at, the most urgent first; late ones by how late they are."""
        found = [source for source in self.sources if source.urgent]
        return sorted(found, key=lambda each: (URGENT.index(each.urgent[0]), -each.freshness.days_late))
