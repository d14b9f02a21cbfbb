"""Who is sent a message where a run goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from leadingest.errors import LeadingestError, in_words
from leadingest.ingest.events import Events
from leadingest.ingest.result import SourceResult
from leadingest.mirroring.mirrored_source import MirroredSource
from leadingest.outputs.message_services import MessageServices
from leadingest.overview.overview import Overview
from leadingest.reports.notification import (
    Notification,
    mirror_notification,
    notification,
    stopped_notification,
)
from leadingest.settings import Settings


@dataclass(frozen=True)
class Notifier:
    """Sends the services of the settings one message about what went wrong, or none.

    A message that cannot be sent is a warning to whoever listens, and nothing else.
    """

    services: MessageServices
    causes: frozenset[str]
    events: Events

    @classmethod
    def of(cls, settings: Settings, events: Events) -> Self:
        """That of the settings. Raises ConfigurationError where a URL is wrong, or apprise is not installed."""
        return cls(MessageServices(settings.notify_urls), frozenset(settings.notify_on), events)

    def finished(self, results: Sequence[SourceResult], status: Callable[[], Overview] | None = None) -> None:
        """Sources are done with. Late ones among them are looked for where `status` gives the state of all."""
        if not self.services:
            return
        late = []
        if status and "late" in self.causes:
            names = {result.source for result in results}
            try:
                late = [source for source in status().with_condition("late") if source.name in names]
            except Exception as error:
                self.events.warned(f"late sources were not looked for: {in_words(error).message}")
        if message := notification(results, late, self.causes):
            self._send(message)

    def mirrored(self, results: Sequence[MirroredSource]) -> None:
        """Sources were brought up to date in a mirror, or should have been."""
        if not (self.services and "failed" in self.causes):
            return
        if message := mirror_notification(results):
            self._send(message)

    def stopped(self, error: LeadingestError, command: str = "run") -> None:
        """Something that concerns all sources ended the command."""
        if self.services and "failed" in self.causes:
            self._send(stopped_notification(error, command))

    def _send(self, message: Notification) -> None:
        for fault in self.services.send(message.title, message.body):
            self.events.warned(fault)
