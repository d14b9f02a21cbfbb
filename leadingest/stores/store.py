"""What a store promises, whether it is a folder or a prefix in a bucket."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from leadingest.stores.location import Location, ObjectUrl

#: Whatever lies under a key, or nothing: a write that replaces it without a condition.
ANYTHING: Final = "*"


def _never() -> bool:
    """Nobody replaces it."""
    return False


@dataclass(frozen=True)
class ObjectVersion:
    """One content of an object, as it was when it was fetched."""

    url: ObjectUrl
    size: int
    e_tag: str
    #: The bucket's name for it; "" where the bucket keeps no versions.
    version: str
    #: Whether it carries a time of its own (see `written`).
    timed: bool = field(default=False, compare=False)
    #: Tells whether the object has another content by now; not where it was deleted. Raises StoreError.
    replaced: Callable[[], bool] = field(default=_never, compare=False, repr=False)


@dataclass(frozen=True)
class Held:
    """A content, and the tag that a later write may ask for."""

    content: bytes
    tag: str


class Listed(NamedTuple):
    """A file as a store tells of it without reading it; the time is aware, and by the clock of the store."""

    key: str
    size: int
    changed: datetime
    #: Another one than before once its content is replaced.
    mark: str


class ToScan(NamedTuple):
    """What polars reads a file by: a path or a URL, and the options of its own client."""

    source: str
    options: dict[str, str]


class Store(ABC):
    """Files by key: relative, with `/` between its parts. Each is there whole or not at all.

    A key that is not there raises FileNotFoundError. What the disk refuses is raised as OSError, what the bucket
    refuses as StoreError.
    """

    #: What the keys are relative to.
    root: Location

    @abstractmethod
    def at(self, key: str) -> Location:
        """Where the file of this key lies."""

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """The names of the files that lie right in the folder, sorted; none where there is no such folder."""

    @abstractmethod
    def listed(self, folder: str = "", *, after: str = "", most: int | None = None) -> list[Listed]:
        """The files below the folder, however deep, sorted by key; with `after` those whose key is a later one.

        With `most` it may stop when so many are found.
        """

    @abstractmethod
    def found(self, key: str) -> Listed | None:
        """What lies under the key; None where nothing does."""

    def holds(self, key: str) -> bool:
        """Whether there is such a file."""
        return self.found(key) is not None

    @abstractmethod
    def to_scan(self, key: str) -> ToScan:
        """By what polars reads parts of the file where it lies."""

    @abstractmethod
    def read(self, key: str) -> Held:
        """The whole content, for what is small."""

    @abstractmethod
    def fetched(self, key: str, *, time_ns: int | None = None) -> AbstractContextManager[Path]:
        """The file on this machine, for as long as the block lasts, and not to be written to.

        Its time is the one that it was written with; where the store keeps none, `time_ns`, in nanoseconds since 1970.
        """

    @abstractmethod
    def put(self, key: str, content: bytes, *, replacing: str | None = ANYTHING) -> str:
        """Write a small file, and give its tag.

        With `replacing` it is written only over the content with that tag, with None only where there is none;
        else StoreConflictError is raised. A key is written with a condition always or never.
        """

    @abstractmethod
    def written(self, key: str, *, time_ns: int | None = None) -> AbstractContextManager[BinaryIO]:
        """A file to write in the block, which lies under the key once the block is left without an error.

        `time_ns` is that of the file it is a copy of.
        """

    @abstractmethod
    def copied(self, source: ObjectVersion, key: str) -> bool:
        """Have the bucket copy the object; False, and nothing done, where it cannot, or no longer has that content."""

    @abstractmethod
    def lock(self, key: str, *, wait: float = 0) -> AbstractContextManager[bool]:
        """Hold what the key stands for as long as the block lasts; False where somebody else had it all along.

        `wait` is in seconds. It is free again once its process is gone: in a folder at once, in a bucket after EXPIRES
        seconds of silence. Whoever was silent for so long, and lives, does not hold it any more and is not told so.
        """

    @abstractmethod
    def delete(self, keys: Iterable[str]) -> None:
        """Take files away, those that are not there included, and a folder that becomes empty."""
