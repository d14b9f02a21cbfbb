"""A made-up project with its inbox and its database, and an observer that interferes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import polars as pl

from leadingest.destinations.destination import Destination
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.open_destination import open_destination
from leadingest.errors import LeadingestError
from leadingest.ingest.events import Events, Listener
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.result import SourceResult
from leadingest.ingest.run import run
from leadingest.ingest.run_options import RunOptions
from leadingest.tables.load_table import read_load_table

DDL = Path(__file__).parents[2] / "ddl"
MAPPING = 'source: {source}\ndelivery: {{match: "{source}*.csv"}}\nfields: {{company: Name, phone: Phone}}\n'


def records(number: int, name: str = "Oak") -> str:
    """A delivery of so many records."""
    numbers = pl.select(pl.int_range(number).alias("n"))
    lines = numbers.select(pl.format(name + " {},+1702{}", "n", pl.col("n") % 8_000_000 + 2_000_000))
    return "Name,Phone\n" + "\n".join(lines.to_series()) + "\n"


class Interfering(Listener):
    """A listener that does something when a load gets going, once, and remembers what it is told."""

    def __init__(self, interfere: Callable[[], None] = lambda: None) -> None:
        self._interfere: Callable[[], None] | None = interfere
        self.retries: list[LeadingestError] = []
        self.at_retry: Callable[[], None] = lambda: None

    def progress(self, source: str, records: int) -> None:
        """So many of its records have been read."""
        if self._interfere:
            interfere, self._interfere = self._interfere, None
            interfere()

    def retrying(self, source: str, error: LeadingestError, pause: float) -> None:
        """The database broke the load off; it begins again in so many seconds."""
        self.retries.append(error)
        self.at_retry()


class MadeUpPlace:
    """A project of sources that all look alike."""

    def __init__(self, folder: Path, url: str, *sources: str) -> None:
        self.folder, self.url = folder, url
        for name in ("mappings", "inbox"):
            (folder / name).mkdir()
        for source in sources:
            (folder / "mappings" / f"{source}.yaml").write_text(
                MAPPING.format(source=source), encoding="utf-8"
            )

    @property
    def project(self) -> MappingIndex:
        """As a command that begins now sees it."""
        return MappingIndex(self.folder / "mappings", DDL)

    def delivery(self, text: str, name: str = "utah.csv", *, age: int = 0) -> Path:
        """A file in the inbox, changed last so many seconds before the others."""
        path = self.folder / "inbox" / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
        return path

    def run(
        self, *sources: str, observer: Interfering | None = None, **options: object
    ) -> list[SourceResult]:
        """`leadingest run`, trying again without pauses."""
        chosen: dict[str, object] = {"pauses": (0, 0, 0), **options}
        run_options = RunOptions(self.folder / "inbox", self.url, **chosen)  # type: ignore[arg-type]  # as the tests say
        return run(self.project, sources or ["utah"], run_options, Events(observer or Interfering()))

    def open(self) -> closing[Destination]:
        """The database, to be closed."""
        destination = open_destination(self.url, read_load_table(DDL / "lead_sources.yaml"))
        destination.prepare()
        return closing(destination)

    def shown(self) -> list[str]:
        """The companies that the view shows."""
        with self.open() as destination:
            return destination.leads.rows()["company"].to_list()

    def history(self, *, limit: int | None = 20) -> list[LoadRow]:
        """The loads, newest first."""
        with self.open() as destination:
            return destination.ledger.history(limit=limit)
