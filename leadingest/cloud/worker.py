"""A program that takes messages out of a queue and does them, several at a time, until it is told to end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from leadingest.cloud.handler import Handler, Outcome
from leadingest.cloud.log import MessageLog
from leadingest.cloud.queue import LONG_POLL, Queue, QueueMessage
from leadingest.errors import QueueError, in_words
from leadingest.ingest.concurrency import Stop

#: The longest wait for a message where the worker ends with the queue: then every second counts.
_SHORT_POLL: Final = 1
#: The longest pause before a message may be received again, in seconds, and before a queue that fails is asked again.
_LONGEST_PAUSE: Final = 900
_LONGEST_SILENCE: Final = 20
#: A worker that ends with its queue gives up once it has failed so often in a row: after about five minutes.
_MOST_FAILURES: Final = 18
#: A message is hidden anew once this share of its time has passed.
_SHARE: Final = 3


def pause_before(tries: int, *, backoff: float, chance: float) -> int:
    """Seconds until a message may be received again: 2, 4, 8, … times the backoff; less by half at most, by chance.

    By chance, so that messages which were in each other's way do not come back together.
    """
    longest = min(backoff * 2.0 ** min(tries, 100), _LONGEST_PAUSE)
    return round(longest * (1 - chance / 2))


@dataclass(frozen=True)
class WorkerOptions:
    """How a worker works."""

    #: Messages at a time.
    jobs: int = 1
    #: End once the queue has no message any more.
    until_empty: bool = False
    #: A file that is touched again and again as long as the worker is well, and goes when it ends.
    health_file: Path | None = None
    #: The pause before the first further try is twice this, in seconds.
    backoff: float = 1
    #: A number from 0 to 1, drawn anew for each pause.
    chance: Callable[[], float] = random.random  # noqa: S311  # how long to wait is no secret


class Worker:
    """Takes messages and does them. Each belongs to it from its receipt until it is deleted or given back."""

    def __init__(self, queue: Queue, handler: Handler, log: MessageLog, options: WorkerOptions) -> None:
        self._queue, self._handler, self._log, self._options = queue, handler, log, options
        self._stop, self._ending = Stop(), Event()
        self._mine: dict[str, QueueMessage] = {}
        self._turn = Lock()
        #: How many messages ended how; one that came back counts each time.
        self.outcomes: Counter[Outcome] = Counter()

    def end(self) -> None:
        """Take no new message; those under way are done."""
        self._ending.set()

    def run(self) -> None:
        """Work until it is told to end, or the queue is empty and was to be emptied.

        Raises ConfigurationError where the queue cannot be used at all. Whatever else ends it, messages under way are
        given back.
        """
        under_way: set[Future[None]] = set()
        with (
            ThreadPoolExecutor(self._options.jobs, thread_name_prefix="leadingest-message") as pool,
            self._kept_hidden(),
        ):
            try:
                while not self._ending.is_set():
                    under_way = self._turned(pool, under_way)
                while under_way:
                    under_way = self._waited(under_way, LONG_POLL)
            except BaseException:
                self._stop.ask()
                raise
            finally:
                self._unhealthy()

    def _turned(self, pool: ThreadPoolExecutor, under_way: set[Future[None]]) -> set[Future[None]]:
        """Take as many messages as there are hands for; what is under way then."""
        free = self._options.jobs - len(under_way)
        taken = self._taken(free) if free else []
        under_way |= {pool.submit(self._do, message) for message in taken}
        if not under_way:
            if not taken and self._options.until_empty and self._is_empty():
                self.end()
            return under_way
        busy = len(under_way) == self._options.jobs
        return self._waited(under_way, LONG_POLL if busy else 0)

    def _waited(self, under_way: set[Future[None]], seconds: float) -> set[Future[None]]:
        """What is still under way once the first of it is done, or after so many seconds. Raises what a message raised."""
        self._healthy()
        done, rest = wait(under_way, timeout=seconds, return_when=FIRST_COMPLETED)
        for each in done:
            each.result()
        return rest

    def _taken(self, most: int) -> list[QueueMessage]:
        poll = _SHORT_POLL if self._options.until_empty else LONG_POLL
        failures = 0
        while True:
            self._healthy()
            try:
                messages = self._queue.receive(most, wait=poll)
            except QueueError as error:
                self._log.queue_failed(error)
                failures += 1
                if self._options.until_empty and failures == _MOST_FAILURES:
                    raise
                if self._ending.wait(min(2.0 ** min(failures, 10), _LONGEST_SILENCE)):
                    return []
                continue
            with self._turn:
                self._mine |= {message.receipt: message for message in messages}
            return messages

    def _is_empty(self) -> bool:
        try:
            return self._queue.left() == 0
        except QueueError as error:
            self._log.queue_failed(error)
            return False

    def _do(self, message: QueueMessage) -> None:
        try:
            if self._ending.is_set():
                raise KeyboardInterrupt
            handled = self._handler.handle(message.body, self._stop)
        except BaseException as error:
            self._let_go(message, 0)
            self._log.given_back(message.id)
            if not isinstance(error, KeyboardInterrupt):
                raise
            return
        again_in = None
        if handled.comes_back:
            again_in = pause_before(
                message.tries, backoff=self._options.backoff, chance=self._options.chance()
            )
        self._let_go(message, again_in)
        self._log.handled(message.id, handled, tries=message.tries, again_in=again_in)
        with self._turn:
            self.outcomes[handled.outcome] += 1

    def _let_go(self, message: QueueMessage, again_in: int | None) -> None:
        """Delete the message, or let it be received again in so many seconds."""
        with self._turn:
            del self._mine[message.receipt]
        try:
            if again_in is None:
                self._queue.delete(message)
            else:
                self._queue.hide(message, again_in)
        except QueueError as error:
            # It comes again in its own time, and what is loaded is skipped then.
            self._log.queue_failed(error)

    @contextmanager
    def _kept_hidden(self) -> Iterator[None]:
        """Within it, messages under way stay hidden, however long their loads take."""
        over = Event()
        thread = Thread(target=self._keep_hidden, args=(over,), name="leadingest-heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _keep_hidden(self, over: Event) -> None:
        while not over.wait(max(self._queue.visibility / _SHARE, 0.2)):
            with self._turn:
                mine = list(self._mine.values())
            for message in mine:
                try:
                    with self._turn:
                        if message.receipt in self._mine:
                            self._queue.hide(message, self._queue.visibility)
                except Exception as error:
                    # A load that goes on is worth more than the certainty that nobody else begins it.
                    self._log.queue_failed(in_words(error))

    def _healthy(self) -> None:
        if file := self._options.health_file:
            file.touch()

    def _unhealthy(self) -> None:
        if file := self._options.health_file:
            file.unlink(missing_ok=True)
