"""`leadingest run`: the newest delivery of each source, several side by side; one that fails does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Sequence

from leadingest.destinations.open_destination import jobs_for
from leadingest.ingest.concurrency import run_concurrently
from leadingest.ingest.events import Events
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.opened_destinations import OpenedDestinations
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run_options import RunOptions
from leadingest.ingest.run_source import SourceRun
from leadingest.ingest.takers import Takers


def run(
    project: MappingIndex, sources: Sequence[str], options: RunOptions, events: Events
) -> list[SourceResult]:
    """Load the newest delivery of each source; one result for each, in the order given.

    What is wrong with one source is in its result. Raises only what concerns them all: a database that
    cannot be used.
    """
    takers = Takers(project.siblings, options.inbox)
    with OpenedDestinations(options.database_url) as destinations:
        runs = [SourceRun(project, source, options, destinations, events, takers) for source in sources]
        return run_concurrently(SourceRun.result, runs, jobs=options.jobs or sensible_jobs(options))


def sensible_jobs(options: RunOptions) -> int:
    """How many sources to load at a time where nobody says: as the machine and the database allow."""
    processors, url = os.cpu_count() or 1, options.database_url
    return processors if options.dry or not url else min(processors, jobs_for(url))
