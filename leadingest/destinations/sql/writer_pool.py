"""A pool of connections that write at the same time, while the caller goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

Connection = TypeVar("Connection")


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
