"""Services that a message is sent to: mail, chats, incident tools, by the URLs of apprise."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from leadingest.errors import ConfigurationError

if TYPE_CHECKING:
    from apprise import Apprise

#: Seconds that all services together are waited for.
LONGEST: Final = 10.0


class MessageServices:
    """The services of some URLs. No message of ours has a URL, for there may be a password or a token in it."""

    def __init__(self, urls: Sequence[str]) -> None:
        """Raises ConfigurationError where apprise is not installed, or does not know a URL; with no URLs it is not asked."""
        self._services = [_opened(url, number) for number, url in enumerate(urls, start=1)]

    def __bool__(self) -> bool:
        return bool(self._services)

    def send(self, title: str, body: str, *, longest: float = LONGEST) -> list[str]:
        """Send the message to all, at the same time; what could not be sent in `longest` seconds, in a line each."""
        sent: set[int] = set()

        def deliver(number: int, service: Apprise) -> None:
            with suppress(Exception):
                if service.notify(body=body, title=title, body_format="text"):
                    sent.add(number)

        until = monotonic() + longest
        threads = [
            # One that hangs must not keep the program from its end.
            Thread(target=deliver, args=(number, service), daemon=True)
            for number, service in enumerate(self._services, start=1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(until - monotonic(), 0))
        return [
            f"the message for service {number} of LEADINGEST_NOTIFY ({_name(service)}) could not be sent"
            for number, service in enumerate(self._services, start=1)
            if number not in sent
        ]


def _opened(url: str, number: int) -> Apprise:
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError as error:
        raise ConfigurationError(
            "LEADINGEST_NOTIFY needs apprise, which is not installed", hint="pip install 'leadingest[notify]'"
        ) from error
    # What it logs may quote a URL.
    logging.getLogger("apprise").propagate = False
    service = Apprise(asset=AppriseAsset(async_mode=False))
    if not service.add(url):
        raise ConfigurationError(
            f"LEADINGEST_NOTIFY: URL {number} is not one of a service that apprise knows",
            hint="put blanks between URLs; what they look like: https://github.com/caronc/apprise/wiki",
        )
    return service


def _name(service: Apprise) -> str:
    return str(next(iter(service)).service_name)
