"""`leadingest run`: the newest delivery of each source, several side by side; one that fails does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Sequence

from leadingest.destinations.open_destination import jobs_for
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.observer import InTurn, Observer
from leadingest.ingest.opened_destinations import OpenedDestinations
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run_options import RunOptions
from leadingest.ingest.run_source import SourceRun
from leadingest.ingest.side_by_side import Stop, side_by_side
from leadingest.ingest.takers import Takers


def run(
    project: MappingIndex, sources: Sequence[str], options: RunOptions, observer: Observer
) -> list[SourceResult]:
    """Load the newest delivery of each source; one result for each, in the order given.

    What is wrong with one source is in its result. Raises only what concerns them all: a database that
    cannot be used.
    """
    told = InTurn(observer)
    takers = Takers(project.siblings, options.inbox)
    with OpenedDestinations(options.database_url, options.compared) as destinations:

        def one(source: str, stop: Stop) -> SourceResult:
            result = SourceRun(project, source, options, destinations, told, stop, takers).result()
            told.finished(result)
            return result

        return side_by_side(one, sources, jobs=options.jobs or sensible_jobs(options.database_url))


def sensible_jobs(database_url: str | None) -> int:
    """How many sources to load at a time where nobody says: as the machine and the database allow."""
    processors = os.cpu_count() or 1
    return min(processors, jobs_for(database_url)) if database_url else processors
