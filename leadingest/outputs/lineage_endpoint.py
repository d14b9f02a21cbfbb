"""An OpenLineage endpoint: events are posted to it beside the work, which waits for none of them."""

from __future__ import annotations

from contextlib import suppress
from queue import Full, Queue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from leadingest.errors import ConfigurationError

if TYPE_CHECKING:
    from openlineage.client.event_v2 import RunEvent

#: Seconds that an event may take, that all of them are waited for at the end, and for which nothing more is sent to an
#: endpoint that did not take one.
_TIMEOUT: Final = 2.0
LONGEST: Final = 3.0
_PAUSE: Final = 60.0
#: Events that wait to be sent; more are dropped.
_MOST_WAITING: Final = 1000


class LineageEndpoint:
    """Posts events in a thread of its own, in their order. No message of ours has its URL, which may hold a password."""

    def __init__(self, url: str, key: str = "") -> None:
        """Raises ConfigurationError where openlineage-python is not installed, or the URL is none of HTTP."""
        try:
            from openlineage.client.transport.http import ApiKeyTokenProvider, HttpConfig, HttpTransport
        except ImportError as error:
            raise ConfigurationError(
                "LEADINGEST_LINEAGE needs openlineage-python, which is not installed",
                hint="pip install 'leadingest[lineage]'",
            ) from error
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigurationError(
                "LEADINGEST_LINEAGE is not the URL of an endpoint", hint="for example http://localhost:5000"
            )
        options: dict[str, Any] = {"auth": ApiKeyTokenProvider({"api_key": key})} if key else {}
        config = HttpConfig(f"{url.rstrip('/')}/", timeout=_TIMEOUT, retry={"total": 0}, **options)
        self._transport = HttpTransport(config)
        self._waiting: Queue[RunEvent | None] = Queue(_MOST_WAITING)
        self._lost, self._silent_until = 0, 0.0
        # One that hangs must not keep the program from its end.
        Thread(target=self._post_all, name="leadingest-lineage", daemon=True).start()

    def send(self, event: RunEvent) -> None:
        """Have the event posted; does not wait."""
        try:
            self._waiting.put_nowait(event)
        except Full:
            self._lost += 1

    def flush(self, *, longest: float = LONGEST) -> int:
        """Wait until all is posted, at most so many seconds; how many events were not since it was asked last."""
        with self._waiting.all_tasks_done:
            self._waiting.all_tasks_done.wait_for(lambda: not self._waiting.unfinished_tasks, longest)
            lost, self._lost = self._lost + self._waiting.unfinished_tasks, 0
        return lost

    def close(self) -> None:
        """Nothing more is sent."""
        with suppress(Full):
            self._waiting.put_nowait(None)

    def _post_all(self) -> None:
        while (event := self._waiting.get()) is not None:
            try:
                if monotonic() < self._silent_until:
                    self._lost += 1
                    continue
                self._transport.emit(event)
            except Exception:
                self._lost, self._silent_until = self._lost + 1, monotonic() + _PAUSE
            finally:
                self._waiting.task_done()
