"""A database URL as it may be shown: without its password."""

from __future__ import annotations

from leadingest.destinations.lake_url import lake_location
from leadingest.errors import LeadingestError

_NO_URL = "(not a database URL)"


def shown_url(url: str) -> str:
    """The URL with *** for a password, and of its options only the socket: any other may hold a secret.

    A text that is no URL is not shown at all. That of a lake has nothing to hide.
    """
    try:
        if lake_location(url):
            return url
    except LeadingestError:
        return _NO_URL
    # Whoever shows one has opened it, or is about to.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
        shown = {key: value for key, value in parsed.query.items() if key == "unix_socket"}
        return parsed.set(query=shown).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return _NO_URL
