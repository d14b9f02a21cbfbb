"""Work that is done beside the reading or loading of a delivery."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self


class BackgroundWorker:
    """Does one thing after the other in a thread of its own, never more than one behind.

    Measuring a batch takes little, but many short steps: in the thread that feeds a database each of them would wait
    for its turn. What goes wrong is raised by the next call.
    """

    def __enter__(self) -> Self:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="leadingest-background")
        self._under_way: Future[None] | None = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def do(self, work: Callable[[], None]) -> None:
        """Begin the work, once what was begun before is done."""
        self.wait()
        self._under_way = self._pool.submit(work)

    def wait(self) -> None:
        """Wait until all that was begun is done."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()
