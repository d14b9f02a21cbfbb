"""`leadingest test`: the `tests:` of the mappings of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leadingest.engine.try_mapping import try_mapping
from leadingest.errors import LeadingestError
from leadingest.ingest.project import Project


@dataclass(frozen=True)
class TriedMapping:
    """How many tests the mapping of a source has, and what they found; `error` if it could not be tried."""

    source: str
    tests: int
    differences: tuple[str, ...]
    error: LeadingestError | None = None


def check_mappings(project: Project, sources: Sequence[str], *, today: date) -> list[TriedMapping]:
    """Try the mapping of each source with its own tests; nothing is read or loaded."""
    return [_tested(project, source, today) for source in sources]


def _tested(project: Project, source: str, today: date) -> TriedMapping:
    try:
        mapping = project.mapping(source)
        differences = tuple(str(difference) for difference in try_mapping(mapping, today=today))
    except LeadingestError as error:
        return TriedMapping(source, 0, (), error)
    return TriedMapping(source, len(mapping.tests), differences)
