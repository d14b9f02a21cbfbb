"""Log lines of a run, for machines that keep them: no lead data and no passwords."""

from __future__ import annotations

import sys
from typing import Any, Literal

from leadingest.deliveries.delivery import Delivery
from leadingest.errors import LeadingestError
from leadingest.ingest.events import Listener
from leadingest.ingest.result import SourceResult
from leadingest.reports.printable import one_line


class LogListener(Listener):
    """Writes `load_started`, then `load_finished` or `load_failed`, of each source; `run_failed` for all.

    `warning` tells what went wrong beside the loads, such as a message that could not be sent. `load_retried` stands between them where the database broke a load off and it is begun again.

    Hints stay out: one may quote a header, and in a file without headers that is a cell.
    """

    def __init__(self, log_format: Literal["text", "json"], level: str) -> None:
        self._log = logger(log_format, level)

    def started(self, source: str, delivery: Delivery) -> None:
        """A delivery was found and is about to be read."""
        self._log.info(
            "load_started", source=source, file=delivery.name, bytes=delivery.size, sha256=delivery.sha256
        )

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""
        self._log.debug("records_read", source=source, records=records)

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""
        self._log.warning("load_retried", source=source, pause=pause, message=one_line(error.message))

    def finished(self, result: SourceResult) -> None:
        """The source is done with, in whatever way."""
        if result.status == "failed":
            self._log.error(
                "load_failed",
                source=result.source,
                file=result.file,
                seconds=round(result.seconds, 3),
                error=result.error,
                message=one_line(result.message),
            )
            return
        write = self._log.warning if result.status == "held" else self._log.info
        write(
            "load_finished",
            source=result.source,
            file=result.file,
            load_id=result.load_id,
            status=result.status,
            way=result.written_by,
            read=result.counts.read,
            loaded=result.counts.loaded,
            rejected=result.counts.rejected,
            filtered=result.counts.filtered,
            invalid_values=result.counts.invalid_values,
            seconds=round(result.seconds, 3),
        )

    def warned(self, message: str) -> None:
        """Something beside the loads went wrong; no load depends on it."""
        self._log.warning("warning", message=one_line(message))

    def stopped(self, error: LeadingestError) -> None:
        """Something that concerns all sources ended the run."""
        self._log.error("run_failed", error=type(error).__name__, message=one_line(error.message))


def logger(log_format: Literal["text", "json"], level: str) -> Any:
    """A logger of structlog that writes to standard error."""
    import structlog

    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if log_format == "text":
        order = ["timestamp", "level", "event", "source", "file", "load_id", "status"]
        render = structlog.processors.KeyValueRenderer(key_order=order, drop_missing=True, sort_keys=False)
    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
