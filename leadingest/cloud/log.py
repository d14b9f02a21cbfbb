"""Log lines about messages, beside those of the loads that they ask for."""

from __future__ import annotations

from typing import Any, Literal

from leadingest.cloud.handler import Handled
from leadingest.errors import LeadingestError
from leadingest.reports.log_lines import LogListener, logger
from leadingest.reports.printable import one_line
from leadingest.settings import Settings


class MessageLog:
    """Writes `message_done` or `message_comes_back` of each message; `queue_failed` where the queue itself fails.

    Unless the settings say otherwise, log lines are JSON.
    """

    def __init__(self, settings: Settings) -> None:
        log_format = settings.log_format if "log_format" in settings.model_fields_set else "json"
        self._format: Literal["text", "json"] | None = None if log_format == "off" else log_format
        self._level = settings.log_level
        self._log: Any = logger(self._format, self._level) if self._format else None

    def listeners(self) -> list[LogListener]:
        """Who is to be told of loads."""
        return [LogListener(self._format, self._level)] if self._format else []

    def handled(self, message: str, handled: Handled, *, tries: int, again_in: int | None = None) -> None:
        """What became of a message, and in how many seconds it can be received again where it comes back."""
        for file in handled.files:
            self._write(
                "warning" if file.outcome in {"held", "failed", "transient", "poison"} else "info",
                "message_comes_back" if handled.comes_back else "message_done",
                message=message,
                outcome=file.outcome,
                file=one_line(file.url),
                source=one_line(file.source),
                tries=tries,
                reason=one_line(file.reason),
                **({} if again_in is None else {"again_in": again_in}),
            )
        if not handled.files:
            self._write("info", "message_done", message=message, outcome=handled.outcome, tries=tries)

    def given_back(self, message: str) -> None:
        """A message that was not done, as the program ends."""
        self._write("info", "message_given_back", message=message)

    def queue_failed(self, error: LeadingestError) -> None:
        """The queue did not do what was asked; it is asked again."""
        self._write("warning", "queue_failed", error=type(error).__name__, reason=one_line(error.message))

    def tell(self, event: str, **values: object) -> None:
        """Something that the program itself does."""
        self._write("info", event, **values)

    def _write(self, level: str, event: str, **values: object) -> None:
        if self._log:
            try:
                getattr(self._log, level)(event, **values)
            except OSError:
                # No message fails for what cannot be told, as where the disk of the log is full.
                return
