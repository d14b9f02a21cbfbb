"""One source at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Literal

from leadingest.destinations.diagnostics import DeliveredColumn
from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.mapping.models import Mapping
from leadingest.mapping.sections import DeliverySchedule
from leadingest.overview.shown_faults import ShownFaults


@dataclass(frozen=True)
class Freshness:
    """When the newest delivery was made, and when the next one is due."""

    today: date
    #: When the newest delivery that could be read was made, aware UTC; None where there was none.
    delivered: datetime | None
    #: How often one is expected; None where the mapping does not say.
    schedule: DeliverySchedule | None

    @property
    def age(self) -> int | None:
        """Days since the newest delivery was made; below 0 where its time lies ahead."""
        return (self.today - self.delivered.date()).days if self.delivered else None

    @property
    def due(self) -> date | None:
        """The day by which the next delivery is to be there; None where nobody can tell."""
        return self.schedule.due(self.delivered.date()) if self.schedule and self.delivered else None

    @property
    def days_late(self) -> int:
        """Days since the next delivery was due; 0 where it is not late."""
        return max((self.today - self.due).days, 0) if self.due else 0


#: What a source may need somebody for, the most urgent first; `fresh` is on time, `loaded` has no schedule to keep.
Condition = Literal["late", "failed", "held", "broken mapping", "no load", "no mapping", "fresh", "loaded"]
CONDITIONS: tuple[Condition, ...] = (
    "late",
    "failed",
    "held",
    "broken mapping",
    "no load",
    "no mapping",
    "fresh",
    "loaded",
)
#: Those that somebody should do something about.
URGENT = CONDITIONS[: CONDITIONS.index("no mapping")]


@dataclass(frozen=True)
class SourceState:
    """A source: its mapping, its loads, and what is in the published one."""

    name: str
    #: None where it cannot be read or is gone.
    mapping: Mapping | None
    #: Why the mapping cannot be read; "" where it can, or where there is none.
    problem: str
    freshness: Freshness
    #: The newest ones, newest first; the published one is among them however old it is.
    loads: tuple[LoadRow, ...]
    #: Leads of the published load that have a value, by field.
    filled: dict[str, int]
    #: The columns of the delivery that the published load is of.
    columns: tuple[DeliveredColumn, ...]
    #: Of the load that `told` is.
    faults: tuple[ShownFaults, ...]
    #: How the deliveries of the loads differed from what was expected, by load; none for one that did not.
    drift: dict[int, tuple[DriftRow, ...]]

    @property
    def about(self) -> str:
        """A one-sentence description of the list."""
        return self.mapping.about if self.mapping else ""

    @cached_property
    def published(self) -> LoadRow | None:
        """The load that the view shows."""
        return next((load for load in self.loads if load.published), None)

    @cached_property
    def before(self) -> LoadRow | None:
        """The finished load before the published one."""
        shown = self.published
        done = (load for load in self.loads if load.status in ("loaded", "pruned", "pruning"))
        return next((load for load in done if shown and load.load_id < shown.load_id), None)

    @cached_property
    def held_loads(self) -> tuple[LoadRow, ...]:
        """The loads that wait for approval and are newer than all that was ever published, newest first."""
        done = (load for load in self.loads if load.status in ("loaded", "held"))
        return tuple(takewhile(lambda load: load.status == "held", done))

    @property
    def held(self) -> LoadRow | None:
        """The newest load, where it waits for approval and is newer than the published one."""
        return self.held_loads[0] if self.held_loads else None

    @property
    def last_failure(self) -> LoadRow | None:
        """The newest load that failed, whatever came after it; None where none of the loads that are told did."""
        return next((load for load in self.loads if load.status == "failed"), None)

    @cached_property
    def failed(self) -> LoadRow | None:
        """The newest load, where it failed."""
        newest = next((load for load in self.loads if load.status != "running"), None)
        return newest if newest and newest.status == "failed" else None

    @property
    def shown_load(self) -> LoadRow | None:
        """The load whose rejects and invalid values are shown: the held one, for that must be decided on."""
        return self.held or self.published

    @property
    def leads(self) -> int:
        """Leads of the published load."""
        return self.published.records_loaded if self.published else 0

    @property
    def more_leads(self) -> int | None:
        """How many more leads than the load before; None where there was none."""
        return self.leads - self.before.records_loaded if self.before else None

    def share(self, field: str) -> float | None:
        """The share of the published leads with a value in the field, from 0 to 1; None if the source has none."""
        filled = self.filled.get(field, 0)
        mapped = bool(self.mapping and field in self.mapping.fields)
        return filled / self.leads if self.leads and (filled or mapped) else None

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What there is to say of it, the most urgent first."""
        met: dict[Condition, bool] = {
            "late": self.freshness.days_late > 0,
            "failed": bool(self.failed),
            "held": bool(self.held),
            "broken mapping": bool(self.problem),
            "no load": not self.problem and not any(load.status != "running" for load in self.loads),
            "no mapping": not self.mapping and not self.problem,
        }
        urgent = tuple(each for each in CONDITIONS if met.get(each))
        return urgent or ("fresh" if self.freshness.due else "loaded",)

    @property
    def urgent(self) -> tuple[Condition, ...]:
        """What somebody should do something about, the most urgent first."""
        return tuple(each for each in self.conditions if each in URGENT)
