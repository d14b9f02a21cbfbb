"""Deliveries that could not be loaded, each with a JSON file beside it that says why.

    dead_letters/acme/20260801T120000Z_0123456789abcdef_acme.csv
    dead_letters/acme/20260801T120000Z_0123456789abcdef.json

One folder for each source, one copy of each content: where the same bytes fail again, the JSON counts it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.kept.copying import copy_delivery
from leadingest.deliveries.kept.dead_letter import DeadLetter, DeliveryFailure
from leadingest.deliveries.kept.kept_name import copies_of, kept_name
from leadingest.errors import ConfigurationError
from leadingest.outputs.whole_file import whole_file


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
