"""Deliveries that could not be loaded, each with a JSON file beside it that says why.

    dead_letters/acme/20260801T120000Z_0123456789abcdef_acme.csv
    dead_letters/acme/20260801T120000Z_0123456789abcdef.json

One folder for each source, one copy of each content: where the same bytes fail again, the JSON counts it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.kept.copies import copies_of, copy_delivery, kept_name
from leadingest.errors import ConfigurationError, DeliveryError
from leadingest.outputs.whole_file import whole_file

#: Raised when a key of the JSON goes or changes its meaning; a new key is no reason.
_VERSION: Final = 1


class DeadLetters:
    """The dead letters in a folder; what the disk refuses is raised as OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: str, delivery: Delivery, failure: DeliveryFailure, *, now: datetime) -> DeadLetter:
        """Copy the delivery, or count one more try of the copy that is there.

        The copy comes first: without its JSON, where the process was ended in between, it is found again.

        Raises DeliveryError when the file is gone, or no longer the one that failed.
        """
        copy = next(iter(copies_of(self.folder / source, delivery.sha256)), None)
        if copy is None:
            copy = self.folder / source / kept_name(now, delivery.sha256, delivery.name)
            copy_delivery(delivery, copy)
        letter = self._earlier(copy)
        if letter:
            letter = replace(letter, failure=failure, last_failed_at=now, tries=letter.tries + 1)
        else:
            letter = DeadLetter.of_delivery(source, delivery, failure, copy=copy, now=now)
        with whole_file(_note(copy)) as file:
            file.write(letter.as_json())
        return letter

    def of(self, source: str) -> list[DeadLetter]:
        """The dead letters of the source, the one that failed first in front.

        Raises ConfigurationError where a JSON file is not as it was written.
        """
        folder = self.folder / source
        notes = sorted(folder.glob(f"*Z_{'?' * 16}.json")) if folder.is_dir() else []
        letters = [DeadLetter.read(note, copy) for note in notes for copy in folder.glob(f"{note.stem}_*")]
        return sorted(letters, key=lambda letter: (letter.first_failed_at, letter.copy.name))

    def remove(self, source: str, sha256: str) -> bool:
        """Take away the dead letter of this content; whether there was one."""
        copies = copies_of(self.folder / source, sha256)
        for copy in copies:
            _note(copy).unlink(missing_ok=True)
            copy.unlink(missing_ok=True)
        if copies:
            # Where others are in it, it stays.
            with suppress(OSError):
                (self.folder / source).rmdir()
        return bool(copies)

    def _earlier(self, copy: Path) -> DeadLetter | None:
        try:
            return DeadLetter.read(_note(copy), copy)
        except (ConfigurationError, FileNotFoundError):
            return None


def _note(copy: Path) -> Path:
    """The JSON beside a copy."""
    time, digits, _ = copy.name.split("_", 2)
    return copy.with_name(f"{time}_{digits}.json")


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
    copy: Path

    @classmethod
    def of_delivery(
        cls, source: str, delivery: Delivery, failure: DeliveryFailure, *, copy: Path, now: datetime
    ) -> DeadLetter:
        """What is to be told of a delivery that failed for the first time."""
        return cls(
            source=source,
            file=_printable(delivery.name),
            path=_printable(str(delivery.path)),
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
    def read(cls, note: Path, copy: Path) -> DeadLetter:
        """The dead letter that the JSON file tells of. Raises ConfigurationError where it is not as it was written."""
        try:
            values = json.loads(note.read_text(encoding="utf-8"))
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

    def delivery(self) -> Delivery:
        """The copy as the delivery that it was. Raises DeliveryError where it is gone or another file by now."""
        found = fingerprint(self.copy)
        if found.sha256 != self.sha256:
            raise DeliveryError(
                f"{self.copy}: the file has changed since it failed",
                hint="load the corrected file as a delivery of its own and delete "
                f"this one: leadingest run --source {self.source} --file FILE",
            )
        return replace(found, name=self.file)


def _printable(name: str) -> str:
    r"""A name in which bytes that are no UTF-8 stand as `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode()


def _plain(value: datetime) -> str:
    return value.isoformat()
