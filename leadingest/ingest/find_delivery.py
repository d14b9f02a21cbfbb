"""The delivery of a source that a command works on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from leadingest.deliveries.delivery import Delivery, fingerprint, modified, unreadable
from leadingest.deliveries.extract_time import extract_time, is_after_tomorrow, time_in_name
from leadingest.deliveries.inbox import find_deliveries
from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError, NothingToDoError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.models import Mapping

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
