"""A store at which something happens: it dies, refuses, or somebody else comes between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from leadingest.destinations.lake.destination import LakeDestination
from leadingest.stores.folder import FolderStore
from leadingest.stores.location import Location
from leadingest.stores.store import ANYTHING, Held, Listed, ObjectVersion, Store, ToScan
from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import MadeUpLoads
from tests.lake_tables import folder_of


class KilledError(BaseException):
    """The process is no more: whatever it would do afterwards, it does not."""


class WatchedStore(Store):
    """A folder. `before` and `after` are called around each write with the key that it writes."""

    def __init__(self, root: Path) -> None:
        self.root: Location = root
        self._store = FolderStore(root)
        self.before: Callable[[str], None] = lambda _: None
        self.after: Callable[[str], None] = lambda _: None
        self.writes = 0
        #: The keys of what was read, in order; of files of rows whenever they are asked for.
        self.reads: list[str] = []
        self._dead = False

    def die_at(self, write: int, *, done: bool) -> None:
        """Be killed at the write of this number, before it is done or right after."""
        number = self.writes + write

        def die(_: str) -> None:
            if self.writes >= number:
                self._dead = True
                raise KilledError

        if done:
            self.after = die
        else:
            self.before = die

    def at(self, key: str) -> Location:
        return self._store.at(key)

    def names(self, folder: str) -> list[str]:
        self._alive()
        return self._store.names(folder)

    def listed(self, folder: str = "", *, after: str = "", most: int | None = None) -> list[Listed]:
        self._alive()
        return self._store.listed(folder, after=after, most=most)

    def found(self, key: str) -> Listed | None:
        self._alive()
        return self._store.found(key)

    def to_scan(self, key: str) -> ToScan:
        self._alive()
        self.reads.append(key)
        return self._store.to_scan(key)

    def read(self, key: str) -> Held:
        self._alive()
        self.reads.append(key)
        return self._store.read(key)

    def fetched(self, key: str, *, time_ns: int | None = None) -> AbstractContextManager[Path]:
        return self._store.fetched(key, time_ns=time_ns)

    def put(self, key: str, content: bytes, *, replacing: str | None = ANYTHING) -> str:
        with self._write(key):
            return self._store.put(key, content, replacing=replacing)

    @contextmanager
    def written(self, key: str, *, time_ns: int | None = None) -> Iterator[BinaryIO]:
        with self._store.written(key, time_ns=time_ns) as file:
            yield file
            self.writes += 1
            self.before(key)
        self.after(key)

    def copied(self, source: ObjectVersion, key: str) -> bool:
        return self._store.copied(source, key)

    def lock(self, key: str, *, wait: float = 0) -> AbstractContextManager[bool]:
        return self._store.lock(key, wait=wait)

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            with self._write(key):
                self._store.delete([key])

    @contextmanager
    def _write(self, key: str) -> Iterator[None]:
        self._alive()
        self.writes += 1
        self.before(key)
        yield
        self.after(key)

    def _alive(self) -> None:
        if self._dead:
            raise KilledError


class WatchedLoads(MadeUpLoads):
    """Loads into the lake of a URL by way of a store that is watched: another process than one that opens the URL."""

    def __init__(self, url: str, table: LoadTable) -> None:
        super().__init__(url, table)
        self.store = WatchedStore(folder_of(url))
        self.destination = LakeDestination(self.store, table)


def files_beside_ledgers(url: str) -> set[str]:
    """The Parquet files of the lake."""
    root = folder_of(url)
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.parquet")
        if "_delta_log" not in path.parts
    }
