"""The object that a message tells of, as a delivery, unless it has been deleted or replaced since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache

from leadingest.cloud.messages import DroppedFile
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.inboxes.object_inbox import opened_object
from leadingest.errors import DeliveryError, DeliveryReplacedError
from leadingest.stores.location import ObjectUrl
from leadingest.stores.objects import ObjectStore


@contextmanager
def opened_drop(file: DroppedFile, fits: Callable[[int], None]) -> Iterator[Delivery]:
    """The object as a delivery, for as long as the block lasts; `fits` is told its size first, and may refuse it.

    Where the bucket keeps versions, it is the one that the message names. One that has been replaced is not loaded: a
    message about it that comes late would put the older list in the place of the newer one.

    Raises DeliveryReplacedError, and StoreError where it cannot be fetched.
    """
    place = file.place
    store = _bucket(place.scheme, place.bucket)
    newest = store.newest(place.key)
    if newest is None:
        raise DeliveryReplacedError(f"{place}: it was deleted before it was read")
    if file.version and newest.version and newest.version != file.version:
        raise DeliveryReplacedError(f"{place}: it was replaced before it was read")
    fits(newest.size)
    with ExitStack() as stack:
        try:
            delivery = stack.enter_context(opened_object(place, version=file.version, store=store))
        except DeliveryError as error:
            raise DeliveryReplacedError(f"{place}: it was deleted before it was read") from error
        yield delivery


@lru_cache(maxsize=16)
def _bucket(scheme: str, bucket: str) -> ObjectStore:
    """One client for each bucket: it keeps its connections open."""
    return ObjectStore(ObjectUrl(scheme, bucket))
