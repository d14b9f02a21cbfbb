"""A database URL → the destination that takes it; only what it needs is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadingest.destinations.destination import Destination
from leadingest.destinations.lake_url import LAKE_SCHEMES, lake_location
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import DestinationSetupError
from leadingest.stores.open_store import open_store
from leadingest.tables.load_table import LoadTable

if TYPE_CHECKING:
    import sqlalchemy as sa

#: Sources that a lake takes side by side with profit: each is written by itself.
_LAKE_JOBS = 8


def open_destination(url: str, table: LoadTable) -> Destination:
    """The destination of a URL: `sqlite:///leads.db`, `mysql+mysqldb://user:password@host/leads`, `s3://bucket/prefix`.

    Nothing is connected yet. Raises DestinationSetupError for a URL that none takes, or whose driver is missing,
    and DefinitionError for a table that the database cannot hold.
    """
    if location := lake_location(url):
        from leadingest.destinations.lake.destination import LakeDestination

        return LakeDestination(open_store(location), table)
    from leadingest.destinations.sql.destination import SqlDestination
    from leadingest.destinations.sql.dialects import dialect_of

    parsed = _parsed(url)
    return SqlDestination(dialect_of(parsed.get_backend_name()), parsed, table)


def jobs_for(url: str) -> int:
    """How many sources the destination of this URL takes side by side with profit. Raises as `open_destination`."""
    if lake_location(url):
        return _LAKE_JOBS
    from leadingest.destinations.sql.dialects import dialect_of

    return dialect_of(_parsed(url).get_backend_name()).jobs


def is_made_by_first_load(url: str) -> bool:
    """Whether the destination of this URL is not there yet, and the first load makes it. Raises as `open_destination`."""
    if location := lake_location(url):
        from leadingest.destinations.lake.destination import is_lake

        return not is_lake(open_store(location))
    from leadingest.destinations.sql.dialects import dialect_of

    parsed = _parsed(url)
    return dialect_of(parsed.get_backend_name()).is_yet_to_be_made(parsed)


def _parsed(url: str) -> sa.URL:
    import sqlalchemy as sa
    from sqlalchemy.exc import ArgumentError

    from leadingest.destinations.sql.dialects import DIALECTS

    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise DestinationSetupError(
            "the database URL is not valid",
            hint="examples: sqlite:///leads.db or mysql+mysqldb://user:password@host/leads; in a password, write special "
            "characters such as @ or / as %40, %2F",
        ) from None
    scheme = parsed.get_backend_name()
    if scheme not in DIALECTS:
        known = (*DIALECTS, *LAKE_SCHEMES)
        raise DestinationSetupError(
            f"{scheme}:// databases are not supported; supported: {', '.join(known)}{did_you_mean(scheme, known)}"
        )
    return parsed
