"""The delivery of a source that a command works on; a file that two mappings take is a delivery of neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from leadingest.deliveries.delivery import Delivery, fingerprint, modified, unreadable
from leadingest.deliveries.extract_time import extract_time, is_after_tomorrow, time_in_name
from leadingest.deliveries.inbox import files_named_like, find_deliveries
from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError, NothingToDoError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.models import Mapping
from leadingest.mapping.sibling import Sibling

#: Before every file that has a time.
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Newest(NamedTuple):
    """The file to work on, and what it was preferred to."""

    path: Path
    #: Files that are older.
    older: int = 0
    #: Files that a guard would hold, or nobody can load: of a time after tomorrow, or of none.
    untimely: tuple[str, ...] = ()


def newest_delivery(mapping: Mapping, inbox: Path, *, today: date) -> Newest:
    """The newest file in the inbox that the mapping takes.

    One from after tomorrow would be the newest for ever: it is taken only where there is no other, unless the mapping
    says that it is to be published. Raises NothingToDoError where there is none, DeliveryError where it is no file that
    may be read.
    """
    fmt = mapping.delivery
    found = find_deliveries(inbox, fmt.match, follow_links=fmt.links == "follow")
    if not found:
        raise NothingToDoError(
            f"no file {listed(fmt.match)} in {inbox}",
            hint="put one there, or name another folder with --inbox or the file itself with --file",
        )
    times = {path: _time_of(path, fmt) for path in found}
    may_be_later = mapping.guards.future_delivery == "publish"
    timely = {
        path: time
        for path, time in times.items()
        if time and (may_be_later or not is_after_tomorrow(time, today))
    }
    some = timely or {path: time or _NEVER for path, time in times.items()}
    # Sorting keeps the order of those of the same time.
    newest, *older = sorted(some, key=lambda path: some[path], reverse=True)
    return Newest(newest, len(older), tuple(sorted(path.name for path in times if path not in some)))


def find_delivery(mapping: Mapping, inbox: Path, file: Path | None, *, today: date) -> Delivery:
    """The file, or where none is named the newest one in the inbox. Raises NothingToDoError or DeliveryError."""
    return fingerprint(file or newest_delivery(mapping, inbox, today=today).path)


def _time_of(path: Path, fmt: DeliveryFormat) -> datetime | None:
    """When the delivery was made; None where that is no time of the calendar."""
    try:
        info = path.stat()
    except OSError as error:
        # It was there a moment ago.
        raise unreadable(path.name, error) from error
    try:
        changed = modified(info, path.name)
    except DeliveryError:
        return None
    described = fmt.extract_time
    if described is not None and not isinstance(described, str):
        return extract_time(fingerprint(path), fmt)
    return (time_in_name(path.name, described) if described else None) or changed


class Takers:
    """The mappings of a folder and the files of an inbox, both looked at when it is first asked."""

    def __init__(self, mappings: Callable[[], Iterable[Sibling]], inbox: Path) -> None:
        self._mappings, self._inbox = mappings, inbox

    def others(self, file: Path, mapping: Path) -> tuple[Sibling, ...]:
        """The mappings that take the file beside the one in the file `mapping`."""
        return tuple(each for each in self._of_file.get(file, ()) if each.path != mapping)

    @property
    def share(self) -> bool:
        """Whether there is a file that several of the mappings take."""
        return any(len(several) > 1 for several in self._of_file.values())

    @cached_property
    def _of_file(self) -> dict[Path, list[Sibling]]:
        found: dict[Path, list[Sibling]] = {}
        for each in self._mappings():
            for file in files_named_like(self._inbox, [pattern for pattern, _ in each.match]):
                found.setdefault(file, []).append(each)
        return found


def also_taken(file: str, others: Iterable[Sibling]) -> str:
    """What is wrong with the file: the sources of the other mappings, and what each of them takes."""
    takers = (
        f"{each.source[0] if each.source else each.path.name} ({', '.join(glob for glob, _ in each.match)})"
        for each in others
    )
    return f"{file} is also a delivery of {listed(takers, last='and')}"
