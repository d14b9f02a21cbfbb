"""A database URL → the destination that takes it; only what it needs is imported."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from leadingest.destinations.destination import Destination
from leadingest.destinations.sql.destination import SqlDestination
from leadingest.destinations.sql.dialects import DIALECTS, dialect_of
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable


def open_destination(url: str, table: LoadTable) -> Destination:
    """The destination of a SQLAlchemy URL: `sqlite:///leads.db`, `mysql+mysqldb://user:password@host/leads`.

    Nothing is connected yet. Raises DestinationSetupError for a URL that none takes, or whose driver is missing,
    and DefinitionError for a table that the database cannot hold.
    """
    parsed = _parsed(url)
    return SqlDestination(dialect_of(parsed.get_backend_name()), parsed, table)


def jobs_for(url: str) -> int:
    """How many sources the database of this URL takes side by side with profit. Raises as `open_destination`."""
    return dialect_of(_parsed(url).get_backend_name()).jobs


def is_made_by_first_load(url: str) -> bool:
    """Whether the database of this URL is not there yet, and the first load makes it. Raises as `open_destination`."""
    parsed = _parsed(url)
    return dialect_of(parsed.get_backend_name()).is_yet_to_be_made(parsed)


def _parsed(url: str) -> sa.URL:
    schemes = ", ".join(DIALECTS)
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise DestinationSetupError(
            "the database URL is not valid",
            hint="examples: sqlite:///leads.db or mysql+mysqldb://user:password@host/leads",
        ) from None
    scheme = parsed.get_backend_name()
    if scheme not in DIALECTS:
        raise DestinationSetupError(
            f"{scheme}:// databases are not supported; supported: {schemes}{did_you_mean(scheme, DIALECTS)}"
        )
    return parsed
