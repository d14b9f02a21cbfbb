"""Work in threads, its results in the order asked for."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from itertools import repeat
from threading import Event
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: More threads than this wait for each other: polars has threads of its own.
MOST_WORKERS = 4


class Stop:
    """Tells work in other threads that it is to stop: Ctrl-C reaches the main thread alone."""

    def __init__(self) -> None:
        self._requested = Event()

    def ask(self) -> None:
        """Stop the work."""
        self._requested.set()

    def check(self) -> None:
        """To be called by the work now and then: raises KeyboardInterrupt once it is to stop."""
        if self._requested.is_set():
            raise KeyboardInterrupt

    def pause(self, seconds: float) -> None:
        """Let time pass, unless the work is to stop meanwhile: then as `check`."""
        self._requested.wait(seconds)
        self.check()


def run_concurrently(
    work: Callable[[Item, Stop], Result], items: Sequence[Item], *, jobs: int
) -> list[Result]:
    """What `work` makes of each item, `jobs` of them at a time, in threads where there is more than one.

    The first error ends it all: work that has not begun does not begin, work under way is told to stop, and
    once it has stopped the error is raised. Ctrl-C is such an error.
    """
    stop = Stop()
    if jobs <= 1 or len(items) <= 1:
        return list(map(work, items, repeat(stop)))
    with ThreadPoolExecutor(jobs, thread_name_prefix="leadingest-source") as pool:
        under_way = [pool.submit(work, item, stop) for item in items]
        try:
            done, _ = wait(under_way, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
        except BaseException:
            stop.ask()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [future.result() for future in under_way]


def prefetch(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int = 0,
    abandoned: Callable[[], None] = lambda: None,
) -> Generator[Result, None, None]:
    """What `work` makes of each item, in order, worked out in threads up to `workers` items ahead of their use.

    `workers` is by default the number of processors, at most MOST_WORKERS. Items are taken in this thread,
    one at a time, so no more than `workers` + 1 of them are in memory. An error of the items or the work
    is raised in its turn; whoever stops before the end leaves nothing running. `abandoned` is called then, or after an
    error, before what is under way is waited for: it may end it.
    """
    number = workers or min(os.cpu_count() or 1, MOST_WORKERS)
    with ThreadPoolExecutor(number, thread_name_prefix="leadingest") as pool:
        under_way: deque[Future[Result]] = deque()
        try:
            for item in items:
                under_way.append(pool.submit(work, item))
                if len(under_way) > number:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BaseException:
            abandoned()
            raise
        finally:
            for future in under_way:
                future.cancel()
