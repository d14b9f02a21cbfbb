"""The kinds of SQL databases: one file each, and the list of them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, cast

if TYPE_CHECKING:
    from leadingest.destinations.sql.dialects.dialect import Dialect


class DialectLocation(NamedTuple):
    """Where a dialect is: its file here, its class, and whether its databases are files that a URL names by path."""

    file: str
    name: str
    keeps_files: bool = False


#: What a URL begins with → the dialect. It is imported when it is first asked for.
DIALECTS: Final = {
    "sqlite": DialectLocation("sqlite", "SQLite", keeps_files=True),
    "mysql": DialectLocation("mysql", "MySQL"),
    "mariadb": DialectLocation("mysql", "MySQL"),
}

#: The dialects by the names of their files, for whoever wants to read their SQL.
DIALECT_NAMES: Final = tuple(sorted({place.file for place in DIALECTS.values()}))


@cache
def dialect_of(scheme: str) -> Dialect:
    """The dialect of the databases whose URL begins so; raises KeyError where there is none."""
    place = DIALECTS[scheme]
    return cast("Dialect", getattr(import_module(f"{__name__}.{place.file}"), place.name)())


def keeps_files(url: str) -> bool:
    """Whether the URL, with or without the name of a driver, is one of a database that is a file."""
    place = DIALECTS.get(url.partition(":")[0].partition("+")[0])
    return place is not None and place.keeps_files
