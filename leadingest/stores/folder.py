"""A folder as a store."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from leadingest.errors import StoreConflictError
from leadingest.outputs.whole_file import whole_file
from leadingest.stores.file_lock import FOREVER, file_lock
from leadingest.stores.store import ANYTHING, Held, Listed, ObjectVersion, Store, ToScan


class FolderStore(Store):
    """Files below a folder, which is made when the first is written. Hidden ones are not listed."""

    root: Path

    def __init__(self, root: Path) -> None:
        self.root = root

    def at(self, key: str) -> Path:
        return self.root / key

    def names(self, folder: str) -> list[str]:
        try:
            with os.scandir(self.root / folder) as found:
                return sorted(each.name for each in found if not each.name.startswith(".") and each.is_file())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def listed(self, folder: str = "", *, after: str = "", most: int | None = None) -> list[Listed]:
        found, folders = list[Listed | None](), [folder]
        while folders and (most is None or len(found) < most):
            files, below = self._entries(folders.pop())
            found += [self.found(key) for key in files if key > after]
            folders += below
        # One that is gone by now is not there.
        return sorted(each for each in found if each)

    def _entries(self, folder: str) -> tuple[list[str], list[str]]:
        """The keys of the files right in the folder, and of its folders. There may be many: nothing is asked of each."""
        start = f"{folder}/" if folder else ""
        try:
            with os.scandir(self.root / folder) as entries:
                seen = [each for each in entries if not each.name.startswith(".")]
        except (FileNotFoundError, NotADirectoryError):
            return [], []
        files = [start + each.name for each in seen if not each.is_dir()]
        return files, [start + each.name for each in seen if each.is_dir(follow_symlinks=False)]

    def found(self, key: str) -> Listed | None:
        try:
            stat = self.at(key).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        changed = datetime.fromtimestamp(stat.st_mtime, UTC)
        return Listed(key, stat.st_size, changed, f"{stat.st_ino} {stat.st_mtime_ns} {stat.st_size}")

    def to_scan(self, key: str) -> ToScan:
        return ToScan(str(self.at(key)), {})

    def read(self, key: str) -> Held:
        content = self.at(key).read_bytes()
        return Held(content, _tag(content))

    @contextmanager
    def fetched(self, key: str, *, time_ns: int | None = None) -> Iterator[Path]:
        yield self.at(key)

    def put(self, key: str, content: bytes, *, replacing: str | None = ANYTHING) -> str:
        place = self.at(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        if replacing == ANYTHING:
            with whole_file(place) as file:
                file.write(content)
            return _tag(content)
        # Whoever writes with a condition reads and writes under this lock.
        with file_lock(place.with_name(f".{place.name}.lock"), wait=FOREVER):
            try:
                found = self.read(key).tag
            except FileNotFoundError:
                found = None
            if found != replacing:
                raise StoreConflictError(f"{place} was changed by another program in the meantime")
            return self.put(key, content)

    @contextmanager
    def written(self, key: str, *, time_ns: int | None = None) -> Iterator[BinaryIO]:
        place = self.at(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as file:
            yield file
            if time_ns is not None:
                file.flush()
                os.utime(file.fileno(), ns=(time_ns, time_ns))

    def copied(self, source: ObjectVersion, key: str) -> bool:
        return False

    def lock(self, key: str, *, wait: float = 0) -> AbstractContextManager[bool]:
        place = self.at(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        return file_lock(place.with_name(f".{place.name}.held"), wait=wait)

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.at(key).unlink(missing_ok=True)
            # Where others are in it, it stays.
            with suppress(OSError):
                if self.at(key).parent != self.root:
                    self.at(key).parent.rmdir()


def _tag(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
