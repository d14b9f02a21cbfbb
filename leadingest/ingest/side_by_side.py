"""Several pieces of work at the same time, their results in the order asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from threading import Event
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Stop:
    """Tells work in other threads that it is to stop: Ctrl-C reaches the main thread alone."""

    def __init__(self) -> None:
        self._asked = Event()

    def ask(self) -> None:
        """Stop the work."""
        self._asked.set()

    def check(self) -> None:
        """To be called by the work now and then: raises KeyboardInterrupt once it is to stop."""
        if self._asked.is_set():
            raise KeyboardInterrupt

    def pause(self, seconds: float) -> None:
        """Let time pass, unless the work is to stop meanwhile: then as `check`."""
        self._asked.wait(seconds)
        self.check()


def side_by_side(work: Callable[[Item, Stop], Result], items: Sequence[Item], *, jobs: int) -> list[Result]:
    """What `work` makes of each item, `jobs` of them at a time, in threads where there is more than one.

    The first error ends it all: work that has not begun does not begin, work under way is told to stop, and
    once it has stopped the error is raised. Ctrl-C is such an error.
    """
    stop = Stop()
    if jobs <= 1 or len(items) <= 1:
        return [work(item, stop) for item in items]
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
