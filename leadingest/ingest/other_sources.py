"""The other sources of a project, for a delivery that fits its own badly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leadingest.destinations.destination import Destination
from leadingest.drift.fit import KnownSource
from leadingest.drift.profiles.document import read_profile
from leadingest.errors import LeadingestError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.tables.load_table import LoadTable


def other_sources(
    project: MappingIndex, source: str, destination_of: Callable[[LoadTable], Destination | None]
) -> Iterator[KnownSource]:
    """Each but the one named, with what is kept of its published load; not those whose mapping cannot be read."""
    for name, path in project.sources().items():
        if name == source:
            continue
        try:
            mapping = project.read(path)
            destination = destination_of(mapping.table)
            load = destination.ledger.published(name) if destination else None
            profile = (
                read_profile(destination.diagnostics.profiles(load.load_id)) if destination and load else None
            )
        except LeadingestError:
            continue
        yield KnownSource(mapping, profile)
