"""What drivers say when something is wrong, as errors that say what to do.

Numbers of MySQL and MariaDB: "Server Error Message Reference" and "Client Error Message Reference" of the
MySQL reference manual. SQLite is known by its messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from leadingest.errors import (
    DestinationError,
    DestinationLockedError,
    DestinationLostError,
    DestinationSetupError,
)

_UNREACHABLE = {2002, 2003, 2005, 2026, 1040, 1129}
_LOST = {0, 2006, 2012, 2013, 2027, 2055, 1053, 1077, 1158, 1159, 1160, 1161, 1317, 1927, 4031}
#: A lock that was waited for too long, a deadlock, a row that another has changed since the transaction began.
_IN_THE_WAY = {1205, 1213, 1020}
_FULL = {3, 1021, 1026, 1114, 3675}
#: "No space left on device", as the operating system numbers it, in messages of the server.
_NO_SPACE = re.compile(r"\b(?:Errcode: |error )28\b")
_READ_ONLY = {1792, 1836}
#: An option of the server forbids it; one of them is that it may only be read.
_FORBIDDEN = 1290
_TOO_LARGE = {1153, 2020}
_LOGIN = {1045, 1698, 2059, 2061}
_DATABASE = {1044, 1049, 1046}
_RIGHTS = {1142, 1143, 1227, 1369, 1370, 1410}

#: What SQLite's message holds → the kind of error, what it means and what to do.
_SQLITE: dict[str, tuple[type[DestinationError], str, str]] = {
    "unable to open database file": (
        DestinationSetupError,
        "cannot be opened",
        "see that the folder is there and may be written to",
    ),
    "readonly database": (
        DestinationSetupError,
        "may only be read",
        "give this user the right to write the file and its folder",
    ),
    "file is not a database": (
        DestinationSetupError,
        "is a file of another kind",
        "name another file, or move this one away",
    ),
    "disk is full": (
        DestinationError,
        "cannot grow: the disk is full",
        "make room and run again; nothing of this load is visible",
    ),
    # The driver has waited already: no reason to begin again.
    "database is locked": (
        DestinationError,
        "is in use by another program",
        "wait until it has finished, and run again",
    ),
    "disk I/O error": (
        DestinationError,
        "cannot be read or written",
        "see to the disk and run again; nothing of this load is visible",
    ),
}


def is_in_the_way(error: DBAPIError) -> bool:
    """Whether other transactions were in the way of this one: it can be tried again as it is.

    Not so with SQLite, where the driver has tried again all along.
    """
    said = error.orig.args if error.orig else ()
    return bool(said) and said[0] in _IN_THE_WAY


@contextmanager
def translated(shown_url: str) -> Iterator[None]:
    """Turn what the driver raises in the block into a DestinationError that names the database."""
    try:
        yield
    except DBAPIError as error:
        raise _translation(error, shown_url) from error


def _translation(error: DBAPIError, url: str) -> DestinationError:
    said = (
        str(error.orig).strip().splitlines()[0]
        if error.orig and str(error.orig).strip()
        else "no reason given"
    )
    number = error.orig.args[0] if error.orig and error.orig.args else None
    if isinstance(number, int):
        return _of_mysql(number, str(error.orig.args[-1]) if error.orig else said, url)
    for sign, (kind, trouble, hint) in _SQLITE.items():
        if sign in said:
            return kind(f"the database {url} {trouble}", hint=hint)
    return DestinationError(f"the database {url} failed: {said}")


def _of_mysql(number: int, said: str, url: str) -> DestinationError:
    if number in _UNREACHABLE:
        return DestinationLostError(
            f"the database {url} cannot be reached: {said} ({number})",
            hint="see that the server runs, and that host, port or unix_socket in the URL are right",
        )
    if number in _LOGIN:
        return DestinationSetupError(
            f"the database {url} refuses this user or password ({number})",
            hint="mend LEADINGEST_DATABASE_URL; signs such as @ or / in a password are written %40, %2F",
        )
    if number in _DATABASE:
        return DestinationSetupError(
            f"the database {url} is not there, or this user may not use it ({number})",
            hint="as an administrator: CREATE DATABASE ... CHARACTER SET utf8mb4; then ddl/mysql/grants.sql",
        )
    if number in _RIGHTS:
        return DestinationSetupError(
            f"a right is missing in {url}: {_right(said)} ({number})",
            hint="as an administrator, run ddl/mysql/grants.sql; it names every right that leadingest needs",
        )
    if number in _LOST | _IN_THE_WAY:
        kind = DestinationLockedError if number in _IN_THE_WAY else DestinationLostError
        return kind(
            f"the database {url} broke the load off: {said} ({number})",
            hint="nothing of it is visible; run it again",
        )
    if number in _READ_ONLY or (number == _FORBIDDEN and "read-only" in said):
        return DestinationSetupError(
            f"the database {url} may only be read ({number})",
            hint="name the server that takes changes in LEADINGEST_DATABASE_URL, not a copy of it; nothing was changed",
        )
    if number in _TOO_LARGE:
        return DestinationError(
            f"the database {url} does not take a row that is so large ({number})",
            hint="as an administrator, raise the server's max_allowed_packet; nothing of this load is visible",
        )
    if number in _FULL or _NO_SPACE.search(said):
        return DestinationError(
            f"the database {url} is full: {said} ({number})",
            hint="make room and run again; nothing is visible",
        )
    # Messages about data quote the data: only the number is safe to show.
    return DestinationError(
        f"the database {url} refused the load with error {number}",
        hint="nothing of it is visible; the server's manual says what the number means",
    )


def _right(said: str) -> str:
    """`INSERT on leads.loads`, out of the server's message."""
    found = re.search(
        r"(?P<right>[A-Z ]+?) command denied to user .* for (?:column \S+ in )?table (?P<table>\S+)", said
    )
    if not found:
        return said
    table = re.sub(r"[`']", "", found["table"])
    return f"{found['right'].strip()} on {table}"
