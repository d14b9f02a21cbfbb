"""The prefix of a bucket where deliveries arrive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property

from leadingest.deliveries.delivery import Delivery, fingerprint, unreadable
from leadingest.deliveries.inboxes.inbox import Arrival, Inbox, is_hidden_or_unfinished
from leadingest.stores.location import Location, ObjectUrl
from leadingest.stores.objects import ObjectStore
from leadingest.stores.store import Listed


class ObjectInbox(Inbox):
    """The objects below a prefix, listed once, when they are first asked for."""

    def __init__(self, store: ObjectStore) -> None:
        self._store, self.place = store, store.root

    def arrivals(self, patterns: Sequence[str], *, follow_links: bool = False) -> list[Arrival]:
        """There are no links among objects, and `follow_links` changes nothing."""
        found = sorted(
            self._like(patterns), key=lambda each: (-each.changed.timestamp(), _name(each), each.key)
        )
        return [Arrival(self._store.at(each.key), each.changed) for each in found]

    def named_like(self, patterns: Iterable[str]) -> set[Location]:
        return {self._store.at(each.key) for each in self._like(patterns)}

    @contextmanager
    def opened(self, arrival: Arrival) -> Iterator[Delivery]:
        assert isinstance(arrival.place, ObjectUrl)  # noqa: S101  # it came from here
        with opened_object(arrival.place, store=self._store) as delivery:
            yield delivery

    def _like(self, patterns: Iterable[str]) -> list[Listed]:
        globs = [pattern.split("/") for pattern in patterns]
        return [
            each
            for each in self._listed
            if not is_hidden_or_unfinished(parts := each.key.split("/"))
            and any(_matches(parts, glob) for glob in globs)
        ]

    @cached_property
    def _listed(self) -> list[Listed]:
        return self._store.listed()


@contextmanager
def opened_object(
    url: ObjectUrl, *, version: str = "", store: ObjectStore | None = None
) -> Iterator[Delivery]:
    """The object as a delivery: one version of it, in a scratch file that is removed when the block ends.

    Raises DeliveryError where it is not there, StoreError where it cannot be fetched.
    """
    root = store.root.key if store else ""
    store = store or ObjectStore(ObjectUrl(url.scheme, url.bucket))
    key = url.key.removeprefix(f"{root}/") if root else url.key
    with ExitStack() as stack:
        try:
            path, origin = stack.enter_context(store.fetched_version(key, version=version))
        except FileNotFoundError as error:
            raise unreadable(str(url), error) from error
        yield replace(fingerprint(path), name=url.name, origin=origin)


def _name(found: Listed) -> str:
    return found.key.rpartition("/")[2]


def _matches(parts: Sequence[str], glob: Sequence[str]) -> bool:
    """Whether the parts of a key match those of a glob as `Path.glob` has it: `**` is any number of folders."""
    if not glob:
        return not parts
    if glob[0] == "**":
        # At the end it means folders alone, and a key is none.
        return any(_matches(parts[skipped:], glob[1:]) for skipped in range(len(parts))) and len(glob) > 1
    return bool(parts) and fnmatchcase(parts[0], glob[0]) and _matches(parts[1:], glob[1:])
