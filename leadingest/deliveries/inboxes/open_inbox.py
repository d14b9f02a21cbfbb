"""A location → the inbox there, or the one file; a client is imported only for a URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.inboxes.folder_inbox import FolderInbox
from leadingest.deliveries.inboxes.inbox import Inbox
from leadingest.stores.location import Location, ObjectUrl


def open_inbox(place: Location) -> Inbox:
    """The inbox at the location. Raises ConfigurationError where what a URL needs is not installed."""
    if isinstance(place, ObjectUrl):
        from leadingest.deliveries.inboxes.object_inbox import ObjectInbox
        from leadingest.stores.objects import ObjectStore

        return ObjectInbox(ObjectStore(place))
    return FolderInbox(place)


@contextmanager
def opened_file(place: Location) -> Iterator[Delivery]:
    """The file or object as a delivery, for as long as the block lasts. Raises DeliveryError where it cannot be read."""
    if isinstance(place, ObjectUrl):
        from leadingest.deliveries.inboxes.object_inbox import opened_object

        with opened_object(place) as delivery:
            yield delivery
    else:
        yield fingerprint(place)
