"""Which mappings take which files of an inbox: a file that two of them take is a delivery of neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from leadingest.deliveries.inboxes.inbox import Inbox
from leadingest.documents.nearest import listed
from leadingest.mapping.sibling import Sibling
from leadingest.stores.location import Location


class Takers:
    """The mappings of a folder and the files of an inbox, both looked at when it is first asked."""

    def __init__(self, mappings: Callable[[], Iterable[Sibling]], inbox: Inbox) -> None:
        self._mappings, self._inbox = mappings, inbox

    def others(self, file: Location, mapping: Path) -> tuple[Sibling, ...]:
        """The mappings that take the file beside the one in the file `mapping`."""
        return tuple(each for each in self._of_file.get(file, ()) if each.path != mapping)

    @property
    def share(self) -> bool:
        """Whether there is a file that several of the mappings take."""
        return any(len(several) > 1 for several in self._of_file.values())

    @cached_property
    def _of_file(self) -> dict[Location, list[Sibling]]:
        found: dict[Location, list[Sibling]] = {}
        for each in self._mappings():
            for file in self._inbox.named_like([pattern for pattern, _ in each.match]):
                found.setdefault(file, []).append(each)
        return found


def also_taken(file: str, others: Iterable[Sibling]) -> str:
    """What is wrong with the file: the sources of the other mappings, and what each of them takes."""
    takers = (
        f"{each.source[0] if each.source else each.path.name} ({', '.join(glob for glob, _ in each.match)})"
        for each in others
    )
    return f"{file} is also a delivery of {listed(takers, last='and')}"
