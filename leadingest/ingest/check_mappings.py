"""`leadingest test`: the `tests:` of the mappings of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leadingest.engine.coverage import Coverage, coverage
from leadingest.engine.try_mapping import TriedTest, try_mapping
from leadingest.errors import LeadingestError, in_words
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.update_tests import update_tests


@dataclass(frozen=True)
class TriedMapping:
    """The tests of the mapping of a source, tried; `error` if they could not be.

    `updated` counts those that were rewritten to say what came out.
    """

    source: str
    tests: tuple[TriedTest, ...] = ()
    coverage: Coverage | None = None
    error: LeadingestError | None = None
    updated: int = 0

    @property
    def failed(self) -> tuple[TriedTest, ...]:
        """The tests with a difference."""
        return tuple(test for test in self.tests if test.differences)


def check_mappings(
    project: MappingIndex,
    sources: Sequence[str],
    *,
    today: date,
    update: bool = False,
    with_coverage: bool = False,
) -> list[TriedMapping]:
    """Try the mapping of each source with its own tests; nothing is read or loaded.

    With `update` those that fail are rewritten first, to say what came out.
    """
    return [_tried(project, source, today, update=update, with_coverage=with_coverage) for source in sources]


def _tried(
    project: MappingIndex, source: str, today: date, *, update: bool, with_coverage: bool
) -> TriedMapping:
    try:
        mapping = project.mapping(source)
        updated = update_tests(mapping, ddl=project.ddl, today=today) if update else 0
        mapping = project.reread().mapping(source) if updated else mapping
        tests = tuple(try_mapping(mapping, today=today))
        covered = coverage(mapping, tests, today=today) if with_coverage else None
    except BaseException as error:
        return TriedMapping(source, error=in_words(error))
    return TriedMapping(source, tests, covered, updated=updated)
