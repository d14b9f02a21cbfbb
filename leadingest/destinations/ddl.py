"""The SQL of a load table, in the words of every destination that is read by SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from leadingest.destinations.sql.dialects import DIALECT_NAMES
from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError

if TYPE_CHECKING:
    from leadingest.tables.load_table import LoadTable


def _of_database(table: LoadTable, dialect: str, url: str) -> str:
    from leadingest.destinations.sql.ddl import ddl_text

    return ddl_text(table, dialect)


def _of_lake(table: LoadTable, dialect: str, url: str) -> str:
    from leadingest.destinations.lake.athena import athena_ddl

    return athena_ddl(table, url)


#: What gives the SQL, by dialect. Each is called with the dialect and the URL of the destination that is set.
_PRINTED: Final[dict[str, Callable[[LoadTable, str, str], str]]] = {
    **dict.fromkeys(DIALECT_NAMES, _of_database),
    "athena": _of_lake,
}

#: The dialects that there are; the SQL of each is kept in a folder of its name below ddl/.
DDL_DIALECTS: Final = tuple(sorted(_PRINTED))


def printed_ddl(table: LoadTable, dialect: str, url: str) -> str:
    """All the SQL that makes what the load table is read by; `url` is that of the destination that is set.

    Nothing is connected, and no driver is needed. Raises UsageError where there is no such dialect.
    """
    printed = _PRINTED.get(dialect)
    if printed is None:
        known = ", ".join(DDL_DIALECTS)
        raise UsageError(
            f"there is no SQL dialect {dialect!r}; known: {known}{did_you_mean(dialect, DDL_DIALECTS)}"
        )
    return printed(table, dialect, url)
