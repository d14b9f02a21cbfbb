"""Connections to one database, and what each kind of database does in its own way."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import sqlalchemy as sa

from leadingest.destinations.faults import translated
from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.ways.way import Way, Writer

#: Execution option of the connections that write.
WRITING = "leadingest_writing"


# Whoever wants SQLAlchemy's log has set it up; a lost connection is told by our own errors.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


class Database(ABC):
    """A database that SQLAlchemy knows. What the driver raises becomes a DestinationError that names it."""

    #: Connections that write one load side by side with profit.
    streams: int = 1
    #: Rows that are worth a transaction.
    chunk: int = 1

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.url = shown_url(str(engine.url))
        self.dialect = engine.dialect.name

    @abstractmethod
    def way(self, connection: sa.Connection) -> Way:
        """The best way in which rows can be written through the connection."""

    @abstractmethod
    def lock(self, name: str, *, wait: float) -> AbstractContextManager[bool]:
        """Hold the lock of this name for as long as the block lasts; False where somebody else had it all along.

        It is free again as soon as its process is gone, however that came about. `wait` is in seconds.
        """

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that changes nothing."""
        with translated(self.url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose transactions write: told to the database before they read anything."""
        with self.reading() as connection:
            yield connection.execution_options(**{WRITING: True})

    @contextmanager
    def replacing(self) -> Iterator[sa.Connection]:
        """The same for a transaction that removes rows and stays open, while others add theirs beside them."""
        with self.writing() as connection:
            yield connection

    def open_writer(self, closing: ExitStack) -> Writer:
        """A connection for rows, and the way that they take; it is let go with `closing`."""
        connection = closing.enter_context(self.writing())
        with connection.begin():
            return Writer(connection, self.way(connection))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
