"""A database URL → the destination that takes it; only its own driver is imported."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from leadingest.destinations.destination import Destination
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import DestinationSetupError
from leadingest.tables.load_table import LoadTable

#: What a URL begins with → where its destination is.
DESTINATIONS = {
    "sqlite": "leadingest.destinations.sqlite:SQLite",
    "mysql": "leadingest.destinations.mysql:MySQL",
    "mariadb": "leadingest.destinations.mysql:MySQL",
}


def open_destination(url: str, table: LoadTable) -> Destination:
    """The destination of a SQLAlchemy URL: `sqlite:///leads.db`, `mysql+mysqldb://user:password@host/leads`.

    Nothing is connected yet. Raises DestinationSetupError for a URL that none takes, or whose driver is missing.
    """
    known = ", ".join(DESTINATIONS)
    try:
        parsed = make_url(url)
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
    module, _, name = DESTINATIONS[scheme].partition(":")
    return cast(Destination, getattr(import_module(module), name)(parsed, table))
