"""The database that a command reads from or changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from leadingest.cli.support.described_table import described_table
from leadingest.cli.support.project_of import project_of
from leadingest.destinations.destination import Destination
from leadingest.errors import ConfigurationError, NothingToDoError
from leadingest.ingest.opened_destinations import OpenedDestinations
from leadingest.settings import Settings


@contextmanager
def opened_table(settings: Settings, name: str) -> Iterator[Destination]:
    """The database with the load table, for as long as the block lasts.

    Raises NothingToDoError where it would be a SQLite file that is not there: a command that only looks
    makes no new database.
    """
    with OpenedDestinations(settings.database_url.get_secret_value()) as destinations:
        yield destinations.there(described_table(settings, name))


def refuse_unknown_source(settings: Settings, source: str) -> None:
    """Raise UsageError, with the nearest names, when no mapping of the project has this source."""
    project = project_of(settings)
    try:
        known = project.sources()
    except (ConfigurationError, NothingToDoError):
        return
    if source not in known:
        project.mapping(source)
