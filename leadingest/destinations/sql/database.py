"""Connections to one database, and a pool of them that write at the same time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

import sqlalchemy as sa

from leadingest.destinations.shown_url import shown_url
from leadingest.destinations.sql.bulk_writers.bulk_writer import Writer
from leadingest.destinations.sql.dialects.dialect import WRITING, Dialect
from leadingest.errors import DestinationLockedError

# Whoever wants SQLAlchemy's log has set it up; a lost connection is told by our own errors.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())
Connection = TypeVar("Connection")


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
        """A connection for long transactions, while others add their rows beside what these read and remove."""
        with self.writing() as connection:
            self.dialect.let_others_add(connection)
            yield connection

    def writer(self, connection: sa.Connection) -> Writer:
        """The connection, in the transaction that is open on it, with what writes many rows through it."""
        return Writer(connection, self.dialect.bulk_writer(connection))

    def open_writer(self, closing: ExitStack) -> Writer:
        """A connection for rows; it is let go with `closing`."""
        connection = closing.enter_context(self.writing())
        writer = self.writer(connection)
        # To find out how to write begins a transaction where the server is asked.
        connection.rollback()
        return writer

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


class WriterPool(Generic[Connection]):
    """Hands pieces of work to up to `most` threads, each with a connection of its own, opened when first needed.

    `open_connection` gets an ExitStack for what is to be closed with the connection. At most `most` + 1 pieces
    are in memory: `submit` waits where they are, and raises what went wrong with an earlier piece. Leaving the
    block waits for what is under way; when an error leaves it, what has not begun is dropped.
    """

    def __init__(self, open_connection: Callable[[ExitStack], Connection], *, most: int) -> None:
        self._open = open_connection
        self._most = most
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._under_way: deque[Future[None]] = deque()
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="leadingest-load")
        self._closing = ExitStack()
        self.opened = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._closing:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, work: Callable[[Connection], None]) -> None:
        """Have the work done by the first thread that is free."""
        while len(self._under_way) > self._most:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(self._do, work))

    def drain(self) -> None:
        """Wait until all work is done. Raises what went wrong."""
        while self._under_way:
            self._under_way.popleft().result()

    def _do(self, work: Callable[[Connection], None]) -> None:
        connection = self._taken()
        work(connection)
        # One whose work has failed is not used again: who knows what state it is in.
        self._idle.put(connection)

    def _taken(self) -> Connection:
        try:
            return self._idle.get_nowait()
        except Empty:
            connection = self._open(self._closing)
            self.opened += 1
            return connection
