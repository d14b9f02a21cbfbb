"""The delivery of a source that a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.extract_time import extract_time, is_after_tomorrow, time_in_name
from leadingest.deliveries.inboxes.inbox import Arrival, Inbox
from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.documents.nearest import listed
from leadingest.errors import NothingToDoError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.models import Mapping
from leadingest.stores.location import Location

#: Before every file that has a time.
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Newest(NamedTuple):
    """The file to work on, and what it was preferred to."""

    arrival: Arrival
    #: Files that are older.
    older: int = 0
    #: Files that a guard would hold, or nobody can load: of a time after tomorrow, or of none.
    untimely: tuple[str, ...] = ()


def newest_delivery(mapping: Mapping, inbox: Inbox, *, today: date) -> Newest:
    """The newest file in the inbox that the mapping takes.

    One from after tomorrow would be the newest for ever: it is taken only where there is no other, unless the mapping
    says that it is to be published. Raises NothingToDoError where there is none, DeliveryError where it is no file that
    may be read.
    """
    fmt = mapping.delivery
    found = inbox.arrivals(fmt.match, follow_links=fmt.links == "follow")
    if not found:
        raise NothingToDoError(
            f"no file {listed(fmt.match)} in {inbox.place}",
            hint="put one there, or name another folder with --inbox or the file itself with --file",
        )
    times = {arrival: _time_of(inbox, arrival, fmt) for arrival in found}
    may_be_later = mapping.guards.future_delivery == "publish"
    timely = {
        arrival: time
        for arrival, time in times.items()
        if time and (may_be_later or not is_after_tomorrow(time, today))
    }
    some = timely or {arrival: time or _NEVER for arrival, time in times.items()}
    # Sorting keeps the order of those of the same time.
    newest, *older = sorted(some, key=lambda arrival: some[arrival], reverse=True)
    return Newest(newest, len(older), tuple(sorted(each.name for each in times if each not in some)))


@contextmanager
def find_delivery(
    mapping: Mapping, inbox: Inbox, file: Location | None, *, today: date
) -> Iterator[Delivery]:
    """The file, or where none is named the newest one in the inbox, for as long as the block lasts.

    Raises NothingToDoError, DeliveryError or StoreError.
    """
    with ExitStack() as stack:
        if file is None:
            newest = newest_delivery(mapping, inbox, today=today)
            yield stack.enter_context(inbox.opened(newest.arrival))
        else:
            yield stack.enter_context(opened_file(file))


def _time_of(inbox: Inbox, arrival: Arrival, fmt: DeliveryFormat) -> datetime | None:
    """When the delivery was made; None where that is no time of the calendar."""
    described = fmt.extract_time
    if arrival.changed is None or described is None:
        return arrival.changed
    if isinstance(described, str):
        return time_in_name(arrival.name, described) or arrival.changed
    with inbox.opened(arrival) as delivery:
        return extract_time(delivery, fmt)
