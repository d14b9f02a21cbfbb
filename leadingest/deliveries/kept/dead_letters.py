"""Deliveries that could not be loaded, each with a JSON file beside it that says why.

    dead_letters/acme/20260801T120000Z_0123456789abcdef_acme.csv
    dead_letters/acme/20260801T120000Z_0123456789abcdef.json

One folder for each source, one copy of each content: where the same bytes fail again, the JSON counts it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Final

from leadingest.deliveries.delivery import Delivery, fingerprint, unreadable
from leadingest.deliveries.kept.copies import copies_of, copy_delivery, kept_name
from leadingest.errors import ConfigurationError, DeliveryError
from leadingest.stores.location import Location
from leadingest.stores.store import Store

#: Raised when a key of the JSON goes or changes its meaning; a new key is no reason.
_VERSION: Final = 1
#: The JSON file of a dead letter.
_NOTE: Final = f"*Z_{'?' * 16}.json"


class DeadLetters:
    """The dead letters in a store; what the disk refuses is raised as OSError, what the bucket refuses as StoreError."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def keep(self, source: str, delivery: Delivery, failure: DeliveryFailure, *, now: datetime) -> DeadLetter:
        """Copy the delivery, or count one more try of the copy that is there.

        The copy comes first: without its JSON, where the process was ended in between, it is found again.

        Raises DeliveryError when the file is gone, or no longer the one that failed.
        """
        copy = next(iter(copies_of(self.store, source, delivery.sha256)), None)
        if copy is None:
            copy = f"{source}/{kept_name(now, delivery.sha256, delivery.name)}"
            if not (delivery.origin and self.store.copied(delivery.origin, copy)):
                copy_delivery(delivery, self.store, copy)
        letter = self._earlier(copy)
        if letter:
            letter = replace(letter, failure=failure, last_failed_at=now, tries=letter.tries + 1)
        else:
            letter = DeadLetter.of_delivery(source, delivery, failure, copy=self.store.at(copy), now=now)
        self.store.put(_note(copy), letter.as_json())
        return letter

    def of(self, source: str) -> list[DeadLetter]:
        """The dead letters of the source, the one that failed first in front.

        Raises ConfigurationError where a JSON file is not as it was written.
        """
        names = self.store.names(source)
        stems = [name.removesuffix(".json") for name in names if fnmatchcase(name, _NOTE)]
        copies = [f"{source}/{name}" for stem in stems for name in names if name.startswith(f"{stem}_")]
        letters = [self._read(copy) for copy in copies]
        return sorted(letters, key=lambda letter: (letter.first_failed_at, letter.copy.name))

    @contextmanager
    def taken_out(self, letter: DeadLetter) -> Iterator[Delivery]:
        """The copy as the delivery that it was, in a file that lasts as long as the block.

        Raises DeliveryError where it is gone or another file by now.
        """
        key, changed = f"{letter.source}/{letter.copy.name}", letter.modified
        time_ns = int(changed.timestamp() // 1) * 1_000_000_000 + changed.microsecond * 1_000
        with ExitStack() as stack:
            try:
                path = stack.enter_context(self.store.fetched(key, time_ns=time_ns))
            except FileNotFoundError as error:
                raise unreadable(letter.copy.name, error) from error
            found = fingerprint(path)
            if found.sha256 != letter.sha256:
                raise DeliveryError(
                    f"{letter.copy}: the file has changed since it failed",
                    hint="load the corrected file as a delivery of its own and delete "
                    f"this one: leadingest run --source {letter.source} --file FILE",
                )
            yield replace(found, name=letter.file)

    def remove(self, source: str, sha256: str) -> bool:
        """Take away the dead letter of this content; whether there was one."""
        copies = copies_of(self.store, source, sha256)
        self.store.delete(key for copy in copies for key in (_note(copy), copy))
        return bool(copies)

    def _read(self, copy: str) -> DeadLetter:
        note = _note(copy)
        return DeadLetter.read(
            self.store.read(note).content, note=self.store.at(note), copy=self.store.at(copy)
        )

    def _earlier(self, copy: str) -> DeadLetter | None:
        try:
            return self._read(copy)
        except (ConfigurationError, FileNotFoundError):
            return None


def _note(copy: str) -> str:
    """The JSON beside a copy."""
    folder, _, name = copy.rpartition("/")
    time, digits, _ = name.split("_", 2)
    return f"{folder}/{time}_{digits}.json"


@dataclass(frozen=True)
class DeliveryFailure:
    """Why a delivery could not be loaded. Hints are left out: one may quote a cell."""

    #: The kind of error: `DeliveryError`.
    error: str
    reason: str
    #: The line of the file to blame, where there is one.
    line: int | None
    #: The file of the mapping, and the hash of what decides how a delivery is loaded.
    mapping: str
    mapping_hash: str


@dataclass(frozen=True)
class DeadLetter:
    """A delivery that is kept because it failed; times are aware UTC."""

    source: str
    #: The name under which it was delivered, and where it lay.
    file: str
    path: str
    size: int
    sha256: str
    modified: datetime
    failure: DeliveryFailure
    first_failed_at: datetime
    last_failed_at: datetime
    #: How often it has failed.
    tries: int
    #: The copy that is kept.
    copy: Location

    @property
    def names(self) -> frozenset[str]:
        """The names that it is known by: that of the file, and that of its copy."""
        return frozenset({self.file, self.copy.name})

    @classmethod
    def of_delivery(
        cls, source: str, delivery: Delivery, failure: DeliveryFailure, *, copy: Location, now: datetime
    ) -> DeadLetter:
        """What is to be told of a delivery that failed for the first time."""
        return cls(
            source=source,
            file=_printable(delivery.name),
            path=_printable(str(delivery.place)),
            size=delivery.size,
            sha256=delivery.sha256,
            modified=delivery.modified,
            failure=failure,
            first_failed_at=now,
            last_failed_at=now,
            tries=1,
            copy=copy,
        )

    @classmethod
    def read(cls, content: bytes, *, note: Location, copy: Location) -> DeadLetter:
        """The dead letter that the JSON file tells of. Raises ConfigurationError where it is not as it was written."""
        try:
            values = json.loads(content)
            del values["version"]
            times = ("modified", "first_failed_at", "last_failed_at")
            values |= {name: datetime.fromisoformat(values[name]) for name in times}
            values["failure"] = DeliveryFailure(**values["failure"])
            return cls(**values, copy=copy)
        except (ValueError, TypeError, KeyError) as error:
            raise ConfigurationError(
                f"{note}: this is not a valid note of a dead letter",
                hint=f"delete it, and load {copy} with `leadingest run --file`",
            ) from error

    def as_json(self) -> bytes:
        """The content of the JSON file."""
        values: dict[str, Any] = {"version": _VERSION, **asdict(self)}
        del values["copy"]
        return f"{json.dumps(values, ensure_ascii=False, indent=2, default=_plain)}\n".encode()


def _printable(name: str) -> str:
    r"""A name in which bytes that are no UTF-8 stand as `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode()


def _plain(value: datetime) -> str:
    return value.isoformat()
