"""What a destination promises."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal, Protocol

import polars as pl

from leadingest.destinations.ledger import Counts, LoadRow, NewLoad


class Load(Protocol):
    """A load under way. Nothing of it is visible to readers until `finish` has returned."""

    @property
    def id(self) -> int:
        """Its number in `loads`."""

    def write(self, *, leads: pl.DataFrame, rejects: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Add a batch. Frames are shaped as the engine's MappedBatch says, and may be empty."""

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery: position, header, filled."""

    def finish(self, counts: Counts, *, status: Literal["loaded", "held"]) -> None:
        """End the load and, unless it is held, publish it, in one transaction.

        Raises BalanceError, and publishes nothing, when the database does not hold what `counts` says.
        """


class Destination(Protocol):
    """A database with one load table. Every method raises DestinationError where the database fails."""

    def prepare(self) -> None:
        """Make the tables and the view that are missing; nothing is made or altered where all are there.

        Raises DestinationSetupError when the load table lacks columns of its description.
        """

    def loaded_before(self, *, source: str, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""

    def start(self, new: NewLoad) -> AbstractContextManager[Load]:
        """A new load, for as long as the block lasts; one left without `finish` is undone and marked failed."""

    def published(self, source: str) -> LoadRow | None:
        """The load of the source that the view shows."""

    def history(self, *, source: str | None = None, limit: int = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first."""

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError when there is none with this number, or it is not held."""

    def leads(self, *, source: str | None = None, limit: int | None = None) -> pl.DataFrame:
        """Published leads as the view shows them, by source and record number, with the types of the load table."""

    def close(self) -> None:
        """Let go of the database."""
