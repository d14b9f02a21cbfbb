"""What the mappings as they are now would make of the last deliveries, beside what a commit makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, get_args

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.deliveries.kept.archive import Archive
from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.drift.profiles.document import read_profile
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.errors import (
    EXIT_DONE,
    EXIT_FINDINGS,
    ConfigurationError,
    NothingToDoError,
    in_words,
)
from leadingest.ingest.events import Events
from leadingest.ingest.mapping_index import MappingIndex, shown_path
from leadingest.mapping.models import Mapping
from leadingest.planning.effect import DeliveryEffect, effect_of
from leadingest.planning.mapped_leads import LEAD_KEY, LeadMapper
from leadingest.stores.location import Location
from leadingest.tables.load_table import LoadTable

#: What a plan may be failed for.
FailOn = Literal[
    "removed-leads",
    "added-leads",
    "changed-leads",
    "changed-keys",
    "rejects",
    "invalid-values",
    "hidden-leads",
    "drift",
]
FAILURES: Final[tuple[FailOn, ...]] = get_args(FailOn)
#: Whether a mapping is there before and now; one that had faults before is added.
Change = Literal["changed", "added", "removed"]

_FAILS: Final[dict[FailOn, Callable[[DeliveryEffect], bool]]] = {
    "removed-leads": lambda effect: effect.removed.leads > 0,
    "added-leads": lambda effect: effect.added.leads > 0,
    "changed-leads": lambda effect: effect.changed > 0,
    "changed-keys": lambda effect: effect.changed_keys > 0,
    "rejects": lambda effect: effect.now.counts.rejected > effect.before.counts.rejected,
    "invalid-values": lambda effect: effect.now.counts.invalid_values > effect.before.counts.invalid_values,
    "hidden-leads": lambda effect: effect.now.hidden > effect.before.hidden,
    "drift": lambda effect: any(each.kind_class != "safe" for each in effect.new_drift),
}


@dataclass(frozen=True)
class SourcePlan:
    """What a change of one mapping makes of the last deliveries of its source, the newest first."""

    source: str
    change: Change
    #: The file of the mapping, as messages call it.
    mapping: str
    effects: tuple[DeliveryEffect, ...] = ()
    #: The published load, and whether it was loaded with the mapping that is compared with; None where nothing is known.
    load_id: int | None = None
    base_is_published: bool = False
    #: Why nothing is compared, and what to do; with the exit code where that is a fault.
    message: str = ""
    hint: str = ""
    error_code: int = EXIT_DONE

    def failures(self, fail_on: Sequence[FailOn]) -> tuple[FailOn, ...]:
        """Those of `fail_on` that the change does."""
        return tuple(name for name in fail_on if any(_FAILS[name](effect) for effect in self.effects))

    @property
    def fails_now(self) -> bool:
        """Whether a delivery cannot be loaded as the mapping is now."""
        return any(effect.now.error for effect in self.effects)


@dataclass(frozen=True)
class ChangePlan:
    """What a change of mappings and load tables would do; nothing was loaded."""

    #: The revision that was asked for, and the commit that was compared with.
    base: str
    commit: str
    sources: tuple[SourcePlan, ...]
    #: Mappings that the change does not touch.
    untouched: int
    #: Whether values are told that are, or may be, somebody's.
    values_shown: bool = False

    def exit_code(self, fail_on: Sequence[FailOn] = ()) -> int:
        """1 where a delivery cannot be loaded any more, or something of `fail_on` is so; else the worst of the sources."""
        codes = [source.error_code for source in self.sources]
        failing = any(source.fails_now or source.failures(fail_on) for source in self.sources)
        return max([*codes, EXIT_FINDINGS if failing else EXIT_DONE])


@dataclass(frozen=True)
class Planner:
    """Compares the mappings of two moments on deliveries of the archive, or on one file."""

    before: MappingIndex
    now: MappingIndex
    archive: Archive | None
    today: date
    #: The destination of a load table; None where there is no database yet.
    destination_of: Callable[[LoadTable], Destination | None]
    file: Location | None = None
    last: int = 1
    show_values: bool = False
    events: Events = field(default_factory=Events)

    def touched(self, sources: Sequence[str]) -> tuple[list[SourcePlan], int]:
        """What the change does to each of the sources that it touches, and how many it does not touch."""
        paths = {**_paths(self.before), **_paths(self.now)}
        plans = [self._plan(source, paths[source]) for source in sources or sorted(paths)]
        found = [plan for plan in plans if plan]
        return found, len(plans) - len(found)

    def _plan(self, source: str, path: Path) -> SourcePlan | None:
        """What the change does to the source; None where it does nothing. What is wrong with it is in the result."""
        there = [source in _paths(index) for index in (self.before, self.now)]
        change: Change = "changed" if all(there) else "added" if there[1] else "removed"
        shown = shown_path(path)
        if change == "removed":
            gone = "the mapping is removed: no delivery is loaded any more, and what is published stays"
            return SourcePlan(source, change, shown, message=gone)
        try:
            now = self.now.mapping(source)
            before = self._before(source) if there[0] else None
            if before and before.digest == now.digest:
                return None
            if before is None:
                change = "added"
            return self._compared(change, shown, before, now)
        except NothingToDoError as error:
            return SourcePlan(source, change, shown, message=error.message, hint=error.hint)
        except BaseException as raised:
            fault = in_words(raised)
            return SourcePlan(
                source, change, shown, message=fault.message, hint=fault.hint, error_code=fault.exit_code
            )

    def _before(self, source: str) -> Mapping | None:
        """The mapping as it was; None where it had faults: then nothing could be loaded."""
        try:
            return self.before.mapping(source)
        except ConfigurationError:
            return None

    def _compared(self, change: Change, path: str, before: Mapping | None, now: Mapping) -> SourcePlan:
        load, profile = self._published(now)
        effects = []
        for opened in self._deliveries(now.source):
            with opened as delivery, self.events.reading(now.source, delivery) as progress:
                day = self._day_of(delivery, now)
                effects.append(self._effect(delivery, before, now, profile, day=day, progress=progress))
        return SourcePlan(
            now.source,
            change,
            path,
            tuple(effects),
            load_id=load.load_id if load else None,
            base_is_published=bool(load and before and load.mapping_hash == before.digest),
        )

    def _effect(
        self,
        delivery: Delivery,
        before: Mapping | None,
        now: Mapping,
        profile: DeliveryProfile | None,
        *,
        day: date,
        progress: Callable[[int], None],
    ) -> DeliveryEffect:
        columns = {**(before.table.columns if before else {}), **now.table.columns}
        key = now.key if before and now.key == before.key else ()
        with TemporaryDirectory(prefix="leadingest-plan-") as folder:
            mapper = LeadMapper(
                delivery,
                fields=(*columns, LEAD_KEY),
                matched_by=tuple(dict.fromkeys((LEAD_KEY, *key))),
                published=profile,
                today=day,
                folder=Path(folder),
                progress=progress,
            )
            return effect_of(
                delivery.name,
                mapper.mapped(before, "before"),
                mapper.mapped(now, "now"),
                columns=columns,
                key=key or (LEAD_KEY,),
                show_values=self.show_values,
            )

    def _day_of(self, delivery: Delivery, mapping: Mapping) -> date:
        """The day on which the delivery was loaded; that of the plan where it was not."""
        destination = self.destination_of(mapping.table)
        load = destination.ledger.sent_before(mapping.source, delivery.sha256) if destination else None
        return load.started_at.date() if load else self.today

    def _published(self, mapping: Mapping) -> tuple[LoadRow | None, DeliveryProfile | None]:
        destination = self.destination_of(mapping.table)
        load = destination.ledger.published(mapping.source) if destination else None
        if destination is None or load is None:
            return None, None
        return load, read_profile(destination.diagnostics.profiles(load.load_id))

    def _deliveries(self, source: str) -> Iterator[AbstractContextManager[Delivery]]:
        if self.file is not None:
            yield opened_file(self.file)
            return
        if self.archive is None:
            raise ConfigurationError(
                "there is no archive to take the last delivery from: LEADINGEST_ARCHIVE is off",
                hint="set LEADINGEST_ARCHIVE to a folder or an s3:// prefix, and every delivery that is loaded from then on is "
                f"kept there; until then: leadingest plan --source {source} --file FILE",
            )
        keys = self.archive.newest(source, self.last)
        if not keys:
            raise NothingToDoError(
                f"the archive {shown_path(self.archive.store.root)} has no delivery of {source} yet",
                hint=f"if you have a file: leadingest plan --source {source} --file FILE",
            )
        yield from map(self.archive.opened, keys)


def _paths(index: MappingIndex) -> dict[str, Path]:
    """The sources with their files; none where the folder has no mapping."""
    try:
        return index.sources()
    except NothingToDoError:
        return {}
