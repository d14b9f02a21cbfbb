"""What SQLAlchemy compiles is kept for all engines of one server, and not for each alone.

Every test has a database of its own, and so an engine of its own, which compiled all statements anew: a fifth of what a
small load takes. A program opens one engine, as a rule; nothing of it is otherwise for this.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.util import LRUCache

_create_engine = sa.create_engine


class CompiledStatements(LRUCache[Any, Compiled]):
    """The statements of one server, by what SQLAlchemy keeps them by, but for the engine: that comes first."""

    def get(self, key: Any, default: Any = None) -> Any:
        """What was compiled for any of the engines."""
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Compiled) -> None:
        super().__setitem__(key[1:], value)


_BY_SERVER: Final[dict[sa.URL, CompiledStatements]] = {}


def create_engine(url: sa.URL | str, **options: Any) -> sa.Engine:
    """An engine as SQLAlchemy makes it, that shares what it compiles with the others of its server.

    The server is the URL without its database, so one whose connections begin with other settings has its own.
    """
    server = sa.make_url(url)._replace(database=None)
    compiled = _BY_SERVER.setdefault(server, CompiledStatements(500))
    return _create_engine(url, **options, execution_options={"compiled_cache": compiled})


def share() -> None:
    """All engines are made so from now on."""
    sa.create_engine = create_engine
