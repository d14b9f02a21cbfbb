"""The leads of a destination: those of a load, and those that are published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from leadingest.destinations.ledger import LoadRow
from leadingest.tables.load_table import LoadTable

#: The columns of a load table that say where a lead comes from, and are no lead fields.
LINEAGE: dict[str, pl.DataType] = {
    "load_id": pl.Int64(),
    "source_record_number": pl.Int64(),
    "source_name": pl.String(),
    "source_filename": pl.String(),
    "source_extract_time": pl.Datetime(),
    "filled_fields": pl.Int64(),
    "lead_key": pl.String(),
    "name_hash": pl.Int64(),
    "updated_at": pl.Datetime(),
}

#: Of the published leads with the same lead_key the first by this order is shown; the last two make it the only one.
BEST_FIRST = (
    ("source_extract_time", "highest"),
    ("filled_fields", "highest"),
    ("source_name", "lowest"),
    ("source_record_number", "lowest"),
)


def lead_types(table: LoadTable) -> dict[str, pl.DataType]:
    """The columns that leads have in a destination, in their order, with the types of frames."""
    last = ("filled_fields", "lead_key", "name_hash", "updated_at")
    first = {name: dtype for name, dtype in LINEAGE.items() if name not in last}
    fields = {name: column.type.dtype for name, column in table.columns.items()}
    return first | fields | {name: LINEAGE[name] for name in last}


def stored(leads: pl.DataFrame, table: LoadTable) -> pl.DataFrame:
    """Leads as the engine makes them, with the columns that a destination adds for itself."""
    hashes = table.identity.told_apart.name_hashes(leads).alias("name_hash")
    return leads.with_columns(hashes).rename({"record_number": "source_record_number"})


@dataclass(frozen=True)
class LeadInFront:
    """A lead that is shown, and how many leads of the load stand behind it."""

    source_name: str
    source_record_number: int
    hides: int


@dataclass(frozen=True)
class HiddenLeads:
    """How many leads of a load are not shown, and the leads in front of most of them."""

    number: int = 0
    behind: tuple[LeadInFront, ...] = ()


class PublishedLeads(Protocol):
    """The published leads of some sources, or of all; what is published meanwhile is not seen."""

    @property
    def loads(self) -> tuple[LoadRow, ...]:
        """The published load of each source, sorted by source."""

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """These columns of the leads as they are shown, by source and record number; at least one frame."""

    def shared_keys(self) -> pl.Series:
        """The keys under which leads, of whatever source, are one only if they have one name: see `Identity`."""


class Leads(Protocol):
    """Reads leads; they are written by `Load` and `Replay`."""

    def types(self) -> dict[str, pl.DataType]:
        """The columns of published leads in their order, with the types that leads have them in."""

    def rows(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """Published leads, one row per lead, by source and record number, with the types of the load table.

        All columns but `name_hash`, which tells nothing to a reader.

        With `load_id` the rows of that load, published or not.
        """

    def of_load(
        self, load_id: int, columns: Sequence[str], *, numbers: Sequence[int] | None = None
    ) -> Iterator[pl.DataFrame]:
        """These columns of the rows of a load, published or not, by record number and a batch at a time.

        With the types of the load table; of the records with these numbers alone, where they are given.
        There is always a frame, be it an empty one.
        """

    def published(self, sources: Collection[str] = ()) -> AbstractContextManager[PublishedLeads]:
        """The published leads of these sources, of all where none is named, as of one moment."""

    def values(self, load_id: int, field: str) -> pl.Series:
        """The distinct values that the leads of the load have in a field, with the type of the load table."""

    def filled_fields(self, load_ids: Collection[int]) -> dict[int, dict[str, int]]:
        """Of each of these loads, by field, how many of its leads have a value; none for a load without leads."""

    def shared_keys(self, load_id: int) -> pl.Series:
        """The keys that several leads of the load have without being one lead: see `SharedKeys`."""

    def hidden(self, load_id: int) -> HiddenLeads:
        """How many leads of a published load are not shown, and which leads are shown in their place."""
