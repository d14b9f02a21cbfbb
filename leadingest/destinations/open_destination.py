"""A database URL → the destination that takes it; only its own driver is imported."""

from __future__ import annotations

from importlib import import_module
from typing import cast

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from leadingest.destinations.destination import Destination
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

#: What a URL begins with → where its destination is.
DESTINATIONS = {
    "sqlite": "leadingest.destinations.sqlite:open_sqlite",
    "mysql": "leadingest.destinations.mysql:open_mysql",
    "mariadb": "leadingest.destinations.mysql:open_mysql",
}


def open_destination(url: str, table: LoadTable) -> Destination:
    """The destination of a SQLAlchemy URL: `sqlite:///leads.db`, `mysql+mysqldb://user:password@host/leads`.

    Nothing is connected yet. Raises DestinationSetupError for a URL that none takes, or whose driver is missing.
    """
    parsed = _parsed(url)
    module, _, name = DESTINATIONS[parsed.get_backend_name()].partition(":")
    return cast(Destination, getattr(import_module(module), name)(parsed, table))


def jobs_for(url: str) -> int:
    """How many sources the database of this URL takes side by side with profit. Raises as `open_destination`."""
    module, _, _ = DESTINATIONS[_parsed(url).get_backend_name()].partition(":")
    return int(import_module(module).JOBS)


def _parsed(url: str) -> sa.URL:
    known = ", ".join(DESTINATIONS)
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise DestinationSetupError(
            "the database URL cannot be read",
            hint="it looks like sqlite:///leads.db or mysql+mysqldb://user:password@host/leads",
        ) from None
    scheme = parsed.get_backend_name()
    if scheme not in DESTINATIONS:
        raise DestinationSetupError(
            f"there is no destination for {scheme}:// databases; known: {known}{did_you_mean(scheme, DESTINATIONS)}"
        )
    return parsed
