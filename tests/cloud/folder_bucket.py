"""A bucket whose objects lie in a folder, and what a handler makes of messages about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from leadingest.cloud.handler import Handled, Handler, any_size
from leadingest.cloud.messages import DroppedFile
from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.errors import DeliveryReplacedError
from leadingest.ingest.concurrency import Stop
from leadingest.project import Project
from tests.ingest.made_up_place import MadeUpPlace


class FolderBucket:
    """Objects that lie in a folder, and a handler that loads them into a place."""

    def __init__(self, place: MadeUpPlace) -> None:
        self.place = place
        self.project = Project.open(
            place.folder,
            database_url=place.url,
            mappings=place.folder / "mappings",
            dead_letters=place.folder / "dead_letters",
            archive=place.folder / "archive",
        )
        self.refusal: BaseException | None = None

    @contextmanager
    def opened(self, file: DroppedFile, fits: Callable[[int], None]) -> Iterator[Delivery]:
        yield self.fetch(file, fits)

    def fetch(self, file: DroppedFile, fits: Callable[[int], None]) -> Delivery:
        if self.refusal:
            raise self.refusal
        path = self.place.folder / "inbox" / file.key.rpartition("/")[2]
        if not path.exists():
            raise DeliveryReplacedError(f"{file.place}: it was deleted before it was read")
        fits(path.stat().st_size)
        return replace(fingerprint(path), name=path.name)

    def drop(self, text: str, name: str = "utah.csv", *, age: int = 0) -> str:
        """Put an object there, changed last so many seconds before the others; gives a message about it."""
        self.place.delivery(text, name, age=age)
        return json.dumps({"file": f"s3://drops/acme/{name}"})

    def handle(self, *bodies: str, fits: Callable[[int], None] = any_size) -> list[Handled]:
        with Handler(self.project, wait=0, pauses=(), open_drop=self.opened) as handler:
            return [handler.handle(body, Stop(), fits=fits) for body in bodies]

    def outcomes(self, *bodies: str) -> list[str]:
        return [handled.outcome for handled in self.handle(*bodies)]

    def archived(self) -> list[str]:
        return sorted(path.name.split("_", 2)[-1] for path in self.place.folder.glob("archive/*/*"))

    def dead_letters(self) -> list[str]:
        return sorted(path.name.split("_", 2)[-1] for path in self.place.folder.glob("dead_letters/*/*"))
