"""AWS Lambda calls `leadingest.aws_lambda.handler`, with messages of an SQS queue or with one event.

The project lies in the folder that Lambda starts in, or where `LEADINGEST_PROJECT` says, and its settings in
`LEADINGEST_…` variables. A queue needs
`ReportBatchItemFailures`: what is not done comes back, and only that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Timer
from typing import Any, Final, Protocol

from leadingest.cloud.handler import Handled, HandledFile, Handler
from leadingest.cloud.log import MessageLog
from leadingest.errors import QueueError
from leadingest.ingest.concurrency import Stop
from leadingest.ingest.events import Events
from leadingest.project import Project

#: Seconds without which no file is begun, however small.
_LEAST: Final = 10.0
#: Bytes that are fetched and loaded in a second, with care.
_PACE: Final = 1 << 20
#: Seconds before the end at which a load under way is broken off, and undone.
_RESERVE: Final = 3.0


class Context(Protocol):
    """What Lambda tells of a call."""

    def get_remaining_time_in_millis(self) -> int:
        """Until Lambda ends the process."""


def handler(event: object, context: Context) -> dict[str, Any]:
    """Do the messages of the event, in their order; those that must come back are named.

    An event that comes by itself, such as a notification of S3, is one message; where it would come back, QueueError
    has Lambda call again.
    """
    opened, log = _opened()
    if messages := _messages(event):
        return {
            "batchItemFailures": [
                {"itemIdentifier": message["messageId"]}
                for message in messages
                if _done(opened, log, message, context).comes_back
            ]
        }
    alone = {"messageId": getattr(context, "aws_request_id", ""), "body": json.dumps(event)}
    handled = _done(opened, log, alone, context)
    if handled.comes_back:
        raise QueueError("; ".join(file.reason for file in handled.files))
    return {"outcome": handled.outcome}


def _messages(event: object) -> list[dict[str, Any]]:
    """The messages of a queue; none where the event comes by itself."""
    records = event.get("Records") if isinstance(event, dict) else None
    if not isinstance(records, list) or not records or not isinstance(records[0], dict):
        return []
    return records if records[0].get("eventSource") == "aws:sqs" else []


@lru_cache(maxsize=1)
def _opened() -> tuple[Handler, MessageLog]:
    """The project and its database: opened by the first call, and there for those after it."""
    project = Project.open()
    log = MessageLog(project.settings)
    # Lambda ends the process without a word: what the database has not committed then, it drops.
    return Handler(project, events=Events(*log.listeners()), wait=5, pauses=(1,)).__enter__(), log


def _done(opened: Handler, log: MessageLog, record: dict[str, Any], context: Context) -> Handled:
    def fits(size: int) -> None:
        left, needed = _left(context), _LEAST + size / _PACE
        if left < needed:
            raise QueueError(
                f"not started: it needs about {needed:.0f} seconds, and only {left:.0f} are left"
            )

    tries = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
    with _stopped_in_time(context) as stop:
        try:
            handled = opened.handle(record["body"], stop, fits=fits)
        except KeyboardInterrupt:
            reason = "stopped: not enough time was left to finish it"
            handled = Handled((HandledFile("transient", reason=reason),))
    log.handled(record["messageId"], handled, tries=tries)
    return handled


def _left(context: Context) -> float:
    """Seconds in which a load must have ended."""
    return context.get_remaining_time_in_millis() / 1000 - _RESERVE


@contextmanager
def _stopped_in_time(context: Context) -> Iterator[Stop]:
    """Within it, work that looks at the stop now and then ends before Lambda ends it."""
    stop = Stop()
    timer = Timer(max(_left(context), 0), stop.ask)
    timer.daemon = True
    timer.start()
    try:
        yield stop
    finally:
        timer.cancel()
