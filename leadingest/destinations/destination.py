"""What a destination promises."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import polars as pl

from leadingest.destinations.delivered_columns import DeliveredColumn
from leadingest.destinations.export_ledger import ExportRow, NewExport
from leadingest.destinations.hidden_leads import HiddenLeads
from leadingest.destinations.invalid_value_groups import InvalidValueGroup
from leadingest.destinations.ledger import (
    DriftNote,
    DriftRow,
    LoadEnd,
    LoadRow,
    MendedFileRow,
    NewLoad,
    NewMendedFile,
)
from leadingest.destinations.published_leads import PublishedLeads
from leadingest.destinations.reject_rows import RejectGroup


class Load(Protocol):
    """A load under way. Nothing of it is visible to readers until `finish` has returned."""

    @property
    def id(self) -> int:
        """Its number in `loads`."""

    @property
    def way(self) -> str:
        """How its rows get into the database, for people: `LOAD DATA on 2 connections`; empty before any has."""

    def write(self, *, leads: pl.DataFrame, rejects: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Add a batch. Frames are shaped as the engine's MappedBatch says, and may be empty.

        Returns while the rows are still on their way; what goes wrong with them is raised by a later call.
        """

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery: position, header, filled, profile (JSON)."""

    def write_drift(self, notes: Sequence[DriftNote]) -> None:
        """Keep, whatever becomes of the load, how its delivery differed from what was expected; at most once."""

    def finish(self, end: LoadEnd) -> None:
        """End the load and, unless it is held, publish it, in one transaction.

        Raises BalanceError, and publishes nothing, when the database does not hold what the counts say.
        """


class Replay(Protocol):
    """The rejects of a finished load, replaced by what they are now; nothing of it is visible before `finish`."""

    def write(
        self,
        *,
        instead_of: pl.DataFrame,
        leads: pl.DataFrame,
        rejects: pl.DataFrame,
        invalid_values: pl.DataFrame,
    ) -> None:
        """Take these rejects out of the load, and write what they have become.

        Frames are shaped as `Load.write` takes them, and may be empty.
        """

    def finish(self, *, filtered: int, mended: NewMendedFile | None = None) -> None:
        """Count the load anew, with so many more records left out on purpose, and commit.

        `mended` is the file that the records came from, where it was not `load_rejects`; it is kept with the load.

        Raises BalanceError, and changes nothing, when the tables do not hold what they should.
        """


class Claim(Protocol):
    """A source in our hands: nobody else can load it meanwhile."""

    @property
    def cleared(self) -> Sequence[LoadRow]:
        """Loads of the source that a process which is no more had left unfinished; their rows were removed."""

    def loaded_before(self, *, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""

    def published(self) -> LoadRow | None:
        """The load of the source that the view shows."""

    def sent_before(self, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once, under whatever mapping."""

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The same as the destination's."""

    def replay(self, load_id: int, *, key: Sequence[str] = ()) -> AbstractContextManager[Replay]:
        """The rejects of a load of ours, for as long as the block lasts; one left without `finish` changed nothing.

        `key` is the one that the mapping declares.
        Raises UsageError where the load is neither loaded nor held.
        """

    def start(self, new: NewLoad) -> AbstractContextManager[Load]:
        """A new load, for as long as the block lasts; one left without `finish` is undone and marked failed."""


class Export(Protocol):
    """The exports of one name in our hands: nobody else can write one meanwhile."""

    def last(self) -> ExportRow | None:
        """The newest one that was marked."""

    def handed_out(self) -> pl.DataFrame:
        """Every lead that was handed out, as it was last: `lead_digest` and `content_digest`, texts of 32 characters."""

    def mark(self, new: NewExport, leads: pl.DataFrame, *, anew: bool) -> ExportRow:
        """Keep that these leads, shaped as those of `handed_out`, were handed out; all of them or none.

        With `anew` those that were handed out before count no more.
        """


class Destination(Protocol):
    """A database with one load table. Every method raises DestinationError where the database fails."""

    def prepare(self) -> None:
        """Make the tables and the view that are missing; nothing is made or altered where all are there.

        Raises DestinationSetupError when the load table lacks columns of its description.
        """

    def lacking(self) -> list[str]:
        """The SQL, statement by statement, that adds what the tables lack of their description; nothing is run."""

    def claim(self, source: str, *, wait: float = 0) -> AbstractContextManager[Claim]:
        """The source, for as long as the block lasts: one run of a source at a time.

        Another process (or thread) that has it is waited for, `wait` seconds at most; then DestinationBusyError
        says who has it. A claim ends with its process, however that ends.
        """

    def published(self, source: str) -> LoadRow | None:
        """The load of the source that the view shows."""

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the source of the same bytes that was published once, under whatever mapping."""

    def history(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first; None: all of them."""

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end, held or not, and whose rows are there."""

    def load(self, load_id: int) -> LoadRow:
        """The load with this number. Raises UsageError where there is none."""

    def headers(self, load_id: int) -> list[str]:
        """The headers of the delivery of the load, in its order; blank ones and second ones have names of their own."""

    def rejects(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The rejects of the load by record number, shaped as REJECTS, in batches."""

    def numbered_rejects(self, load_id: int, numbers: Sequence[int]) -> pl.DataFrame:
        """The rejects of the load with these record numbers, by them, shaped as REJECTS; those that there are."""

    def mended_files(self, load_id: int) -> list[MendedFileRow]:
        """The mended files of rejects that have joined the load, the first one first."""

    def loaded_values(self, load_id: int, field: str) -> pl.Series:
        """The distinct values that the leads of the load have in a field, with the type of the load table."""

    def reject_groups(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """The rejects of the load by reason, the most frequent first, each with its first examples."""

    def invalid_value_groups(self, load_id: int, *, examples: int = 3) -> list[InvalidValueGroup]:
        """The invalid values of the load by field and rule, the most frequent first, each with its first examples."""

    def newest_loads(self, number: int) -> list[LoadRow]:
        """The newest so many loads of every source, and its published one, newest first."""

    def filled_fields(self, load_ids: Collection[int]) -> dict[int, dict[str, int]]:
        """Of each of these loads, by field, how many of its leads have a value; none for a load without leads."""

    def delivered_columns(self, load_ids: Collection[int]) -> dict[int, tuple[DeliveredColumn, ...]]:
        """Of each of these loads the columns of its delivery, from left to right."""

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The columns of a load's delivery as `write_profiles` got them; no rows where nothing is kept of it."""

    def drift(
        self, *, source: str | None = None, load_id: int | None = None, limit: int = 20
    ) -> list[DriftRow]:
        """How the deliveries of the newest `limit` loads that differed did: of one source, of one load, or of all.

        Newest load first, each with its findings in order. They stay when the rows of a load are removed.
        """

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError when there is none with this number, or it is not held."""

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source: `to`, or the one before the published one.

        Raises UsageError when there is no such load, NothingToDoError when there is none before it.
        """

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of all but the newest `keep` finished loads of each source, in small transactions.

        The published load always stays, and so does every row of `loads`. Gives the loads whose rows are gone.
        """

    def leads(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """Published leads as the view shows them, by source and record number, with the types of the load table.

        All columns but `name_hash`, which tells nothing to a reader.

        With `load_id` the rows of that load, published or not.
        """

    def load_leads(
        self, load_id: int, columns: Sequence[str], *, numbers: Sequence[int] | None = None
    ) -> Iterator[pl.DataFrame]:
        """These columns of the rows of a load, published or not, by record number and a batch at a time.

        With the types of the load table; of the records with these numbers alone, where they are given.
        """

    def lead_types(self) -> dict[str, pl.DataType]:
        """The columns of the view in their order, with the types that leads have them in."""

    def published_leads(self, sources: Collection[str] = ()) -> AbstractContextManager[PublishedLeads]:
        """The published leads of these sources, of all where none is named, as of one moment."""

    def export(self, name: str) -> AbstractContextManager[Export]:
        """The exports of this name, for as long as the block lasts.

        Raises DestinationBusyError where another process has them.
        """

    def hidden_leads(self, load_id: int) -> HiddenLeads:
        """How many leads of a published load the view does not show, and which leads it shows in their place."""

    def close(self) -> None:
        """Let go of the database."""
