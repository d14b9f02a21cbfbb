"""Messages out of a dead-letter queue, back into the queue that they came from."""

from __future__ import annotations

from leadingest.cloud.queue import MOST_AT_ONCE, SqsQueue
from leadingest.errors import UsageError


def queue_behind(dead: SqsQueue, named: str = "") -> str:
    """The URL of the queue whose messages are put aside in this one.

    Raises UsageError where there are none or several, and none is named.
    """
    if named:
        return named
    sources = dead.sources()
    if len(sources) != 1:
        found = f"{len(sources)} queues have" if sources else "no queue has"
        raise UsageError(
            f"{found} {dead.url} as dead-letter queue",
            hint="name the one to move messages to: --to-queue-url URL",
        )
    return sources[0]


def move_back(dead: SqsQueue, queue: SqsQueue) -> int:
    """Move all messages; how many there were.

    Each is sent before it is deleted: whatever ends this in between, it is in one of the two, or in both. One that is
    put aside once more meanwhile stays there.
    """
    sent: set[str] = set()
    while messages := dead.receive(MOST_AT_ONCE, wait=1):
        for message in messages:
            if message.id in sent:
                dead.hide(message, 0)
                return len(sent)
            sent.add(queue.send(message))
            dead.delete(message)
    return len(sent)
