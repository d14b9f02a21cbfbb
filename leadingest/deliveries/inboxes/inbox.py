"""What an inbox promises, whether it is a folder or a prefix in a bucket."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatch
from typing import Final

from leadingest.deliveries.delivery import Delivery
from leadingest.stores.location import Location

#: Files still being written, or kept by an editor for itself.
_NOT_YET: Final = (".*", "~$*", "*.part", "*.tmp")


@dataclass(frozen=True)
class Arrival:
    """A file in the inbox that may be a delivery."""

    place: Location
    #: Its last change, in UTC; None where that is no time of the calendar.
    changed: datetime | None

    @property
    def name(self) -> str:
        """The name without its folder."""
        return self.place.name


class Inbox(ABC):
    """Deliveries that have arrived, by the globs of the mappings.

    Hidden and unfinished files (`.x`, `~$x`, `*.part`, `*.tmp`) are not deliveries, nor is anything in a hidden folder.
    No inbox, no deliveries.
    """

    #: Where it is.
    place: Location

    @abstractmethod
    def arrivals(self, patterns: Sequence[str], *, follow_links: bool = False) -> list[Arrival]:
        """The files that match one of the globs: the one changed last first, then by name.

        Raises DeliveryError when the newest that is named like a delivery is none that may be read.
        """

    @abstractmethod
    def named_like(self, patterns: Iterable[str]) -> set[Location]:
        """What is named like a delivery that one of the globs takes, whatever it is."""

    @abstractmethod
    def opened(self, arrival: Arrival) -> AbstractContextManager[Delivery]:
        """The file as a delivery, for as long as the block lasts. Raises DeliveryError where it cannot be read."""


def is_hidden_or_unfinished(parts: Sequence[str]) -> bool:
    """Whether a path relative to the inbox is passed over."""
    hidden = ".." in parts or any(part.startswith(".") for part in parts)
    return hidden or not parts or any(fnmatch(parts[-1].lower(), mask) for mask in _NOT_YET)
