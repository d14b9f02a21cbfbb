"""A queue in memory, for a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from leadingest.cloud.queue import QueueMessage


class MadeUpQueue:
    """A queue in memory. What is hidden can be received at once: no test waits for it."""

    def __init__(self, *bodies: str, visibility: int = 30, most_tries: int = 3) -> None:
        self.visibility = visibility
        self._most_tries = most_tries
        self._waiting = deque(QueueMessage(f"m{n}", f"r{n}", body, 0) for n, body in enumerate(bodies))
        self.under_way: dict[str, QueueMessage] = {}
        self.dead: list[str] = []
        self.hidden: list[tuple[str, int]] = []
        self.deleted: list[str] = []
        #: How many were under way at once.
        self.most = 0
        self.at_hide: Callable[[], None] = lambda: None
        self.failures: list[Exception] = []
        self._turn = Lock()

    def receive(self, most: int, *, wait: int) -> list[QueueMessage]:
        with self._turn:
            if self.failures:
                raise self.failures.pop()
            taken: list[QueueMessage] = []
            while self._waiting and len(taken) < most:
                message = self._waiting.popleft()
                message = replace(message, tries=message.tries + 1, receipt=f"{message.receipt}'")
                if message.tries > self._most_tries:
                    self.dead.append(message.body)
                    continue
                self.under_way[message.receipt] = message
                self.most = max(self.most, len(self.under_way))
                taken.append(message)
            return taken

    def hide(self, message: QueueMessage, seconds: int) -> None:
        with self._turn:
            self.hidden.append((message.body, seconds))
            if seconds != self.visibility:
                self._waiting.append(self.under_way.pop(message.receipt))
        self.at_hide()

    def delete(self, message: QueueMessage) -> None:
        with self._turn:
            del self.under_way[message.receipt]
            self.deleted.append(message.body)

    def pass_time(self) -> None:
        """Let the time be over for which messages are hidden."""
        with self._turn:
            self._waiting.extend(self.under_way.values())
            self.under_way.clear()

    def left(self) -> int:
        with self._turn:
            return len(self._waiting) + len(self.under_way)
