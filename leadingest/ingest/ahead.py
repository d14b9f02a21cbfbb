"""Work on what comes next while what came before is being used."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: More threads than this wait for each other: polars has threads of its own.
MOST_WORKERS = 4


def ahead(work: Callable[[Item], Result], items: Iterable[Item], *, workers: int = 0) -> Iterator[Result]:
    """What `work` makes of each item, in order, worked out in threads up to `workers` items ahead.

    `workers` is by default the number of processors, at most MOST_WORKERS. Items are taken in this thread,
    one at a time, so no more than `workers` + 1 of them are in memory. An error of the items or the work
    is raised in its turn; whoever stops before the end leaves nothing running.
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
        finally:
            for future in under_way:
                future.cancel()
