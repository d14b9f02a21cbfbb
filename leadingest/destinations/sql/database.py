"""Connections to one database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import sqlalchemy as sa

from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql.bulk_writers.bulk_writer import Writer
from leadingest.destinations.sql.dialects.dialect import WRITING, Dialect
from leadingest.errors import DestinationLockedError

# Whoever wants SQLAlchemy's log has set it up; a lost connection is told by our own errors.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


class Database:
    """A database of some dialect. What the driver raises becomes a DestinationError that names it."""

    def __init__(self, dialect: Dialect, url: sa.URL) -> None:
        self.dialect = dialect
        self._engine = dialect.engine(url)
        self.url = shown_url(str(self._engine.url))

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that changes nothing."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose transactions write: told to the database before they read anything."""
        with self.reading() as connection:
            yield connection.execution_options(**{WRITING: True})

    @contextmanager
    def replacing(self) -> Iterator[sa.Connection]:
        """A connection for a transaction that removes rows and stays open, while others add theirs beside them."""
        with self.writing() as connection:
            self.dialect.let_others_add(connection)
            yield connection

    def writer(self, connection: sa.Connection) -> Writer:
        """The connection, in the transaction that is open on it, with what writes many rows through it."""
        return Writer(connection, self.dialect.bulk_writer(connection))

    def open_writer(self, closing: ExitStack) -> Writer:
        """A connection for rows; it is let go with `closing`."""
        connection = closing.enter_context(self.writing())
        with connection.begin():
            return self.writer(connection)

    @contextmanager
    def lock(self, name: str, *, wait: float) -> Iterator[bool]:
        """Hold the lock of this name for as long as the block lasts; False where somebody else had it all along.

        It is free again as soon as its process is gone, however that came about. `wait` is in seconds.
        """
        with self._translated(), self.dialect.lock(self._engine, name, wait=wait) as acquired:
            yield acquired

    def is_retryable(self, error: sa.exc.DBAPIError) -> bool:
        """Whether other transactions were in the way of this one: it can be tried again as it is."""
        return self.dialect.classify(error, self.url).kind is DestinationLockedError

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            fault = self.dialect.classify(error, self.url)
            # What a driver says may quote a row, so it is handed on nowhere, not even as the cause.
            raise fault.error() from None
