"""All sources of a load table at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from leadingest.destinations.destination import Destination
from leadingest.destinations.diagnostics import Diagnostics
from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.errors import NothingToDoError, in_words
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.mapping.models import Mapping
from leadingest.overview.shown_faults import ShownFaults, shown_invalid_values, shown_rejects
from leadingest.overview.source_state import URGENT, Condition, Freshness, SourceState
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


#: Loads of a source that are shown.
MOST_LOADS = 50
#: Examples of each rule that refused something.
_EXAMPLES = 3


def gather(
    project: MappingIndex,
    table: LoadTable,
    destination: Destination | None,
    *,
    now: datetime,
    loads: int = MOST_LOADS,
    contents: bool = True,
) -> Overview:
    """The sources that fill the table, by a mapping or by a load; `destination` is None where nothing was loaded.

    Without `contents` nothing is said of leads, rejects and drift, and no more than the ledger is read. `now` is an aware
    UTC time. A mapping that cannot be read is part of the answer. Raises ConfigurationError
    where there is no folder of mappings, or where two of them are of one source.
    """
    mappings, problems = _mappings(project, table)
    history = _by_source(destination.ledger.newest_of_each(loads) if destination else ())
    states = [
        SourceState(
            name=name,
            mapping=mappings.get(name),
            problem=problems.get(name, ""),
            freshness=_freshness(history.get(name, ()), mappings.get(name), now),
            loads=tuple(history.get(name, ())),
            filled={},
            columns=(),
            faults=(),
            drift={},
        )
        for name in sorted({*mappings, *problems, *history})
    ]
    sources = _with_contents(states, destination) if destination and contents else states
    return Overview(made_at=now, table=table, sources=tuple(sources))


def _mappings(project: MappingIndex, table: LoadTable) -> tuple[dict[str, Mapping], dict[str, str]]:
    """The mappings that fill the table, and what is wrong with those that cannot be read."""
    mappings: dict[str, Mapping] = {}
    problems: dict[str, str] = {}
    try:
        paths = project.sources()
    except NothingToDoError:
        paths = {}
    for name, path in paths.items():
        try:
            mapping = project.read(path)
        except BaseException as error:
            problems[name] = in_words(error).message
        else:
            if mapping.table.name == table.name:
                mappings[name] = mapping
    return mappings, problems


def _by_source(loads: Collection[LoadRow]) -> dict[str, list[LoadRow]]:
    found: dict[str, list[LoadRow]] = defaultdict(list)
    for load in loads:
        found[load.source_name].append(load)
    return found


def _freshness(loads: Collection[LoadRow], mapping: Mapping | None, now: datetime) -> Freshness:
    """A delivery that could not be read is none; one that waits for approval did arrive."""
    made = [load.extract_time for load in loads if load.status not in ("failed", "running")]
    return Freshness(now.date(), max(made, default=None), mapping.expect if mapping else None)


def _with_contents(states: list[SourceState], destination: Destination) -> list[SourceState]:
    published = {state.name: state.published.load_id for state in states if state.published}
    filled = destination.leads.filled_fields(published.values())
    columns = destination.diagnostics.delivered_columns(published.values())
    drift: dict[int, list[DriftRow]] = defaultdict(list)
    for row in destination.diagnostics.drift(limit=max(sum(len(state.loads) for state in states), 1)):
        drift[row.load_id].append(row)
    return [
        replace(
            state,
            filled=filled.get(published.get(state.name, 0), {}),
            columns=columns.get(published.get(state.name, 0), ()),
            faults=tuple(_faults(state, destination.diagnostics)),
            drift={load.load_id: tuple(drift[load.load_id]) for load in state.loads if load.load_id in drift},
        )
        for state in states
    ]


def _faults(state: SourceState, diagnostics: Diagnostics) -> Iterator[ShownFaults]:
    """Why records of the load were rejected, and why cells could not be read."""
    load = state.shown_load
    if load and load.records_rejected:
        groups = diagnostics.reject_groups(load.load_id, examples=_EXAMPLES)
        yield from (shown_rejects(group, state.mapping) for group in groups)
    if load and load.invalid_values:
        values = diagnostics.invalid_value_groups(load.load_id, examples=_EXAMPLES)
        yield from map(shown_invalid_values, values)
