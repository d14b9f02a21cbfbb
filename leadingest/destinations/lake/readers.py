"""What other engines read of a lake: the seam between the ledger, which decides, and the table that follows it.

Engines read two things. What is published is a table that follows the ledger: `ReadersTable`. What was published when
they read in the ledger itself, `<table>/ledger/<source>.json`, which is for that one line of JSON and has these keys
beside those of its own:

    {"source_name": "acme", "publications": [
        {"generation": 1, "since": "2026-03-01T12:00:00.000000Z", "load_id": 7, "files": ["acme/7/part.parquet"]},
        {"generation": 2, "since": "2026-03-08T12:00:00.000000Z", "load_id": 0, "files": []}]}

One publication for each change of what is published, the first one first: a load, a rollback, a replay, a withdrawal. It
lasts until the next one of its source. `files` are those of `PublishedFiles`, by path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class DataFile:
    """A Parquet file of leads that is there whole, and never written to again."""

    #: Relative to `<table>/leads/`, with `/` between its parts; no part has a `=`.
    path: str
    #: In bytes.
    size: int
    rows: int
    #: Aware UTC.
    written: datetime
    #: By column, at least of `source_name` and `state`: its `min` and `max`, None where it has no values, and its `nulls`.
    statistics: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class PublishedFiles:
    """What the ledger of a source says is published; no files where nothing is."""

    #: Rises with every change of what is published.
    generation: int
    files: tuple[DataFile, ...] = ()


class ReadersTable(Protocol):
    """The published leads of all sources as one table for other engines. It follows the ledger, and decides nothing.

    It may be behind after a crash, until the source is reconciled again. Raises DestinationError where it fails.
    """

    def reconcile(self, sources: Mapping[str, Callable[[], PublishedFiles]]) -> None:
        """Show the files of these sources that their ledgers name, and no others of them; in one change, if any.

        Each reads the ledger anew at every call; it is called after what the table shows was read, and again where
        somebody else changed the table meanwhile.
        """

    def rebuild(self) -> None:
        """Make the table anew from the ledgers of all sources, whatever became of it."""
