"""What a destination keeps of a load beside its leads: rejects, invalid values, profiles of columns, drift."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import polars as pl

from leadingest.destinations.ledger import DriftRow

#: The columns of a delivery, as `Load.write_profiles` takes them; position 0 is the delivery as a whole.
PROFILES: Final[dict[str, type[pl.DataType]]] = {
    "position": pl.Int32,
    "header": pl.String,
    "filled": pl.Int64,
    "profile": pl.String,
}


@dataclass(frozen=True)
class Reject:
    """A record that could not become a lead, as it is kept."""

    record_number: int
    line_number: int | None
    message: str
    raw_record: str


@dataclass(frozen=True)
class RejectGroup:
    """The rejects of a load with one reason; `field` is None where the records could not be read."""

    field: str | None
    rule: str
    count: int
    #: The first of them.
    examples: tuple[Reject, ...]


@dataclass(frozen=True)
class InvalidValue:
    """A cell of a loaded record that could not be read, as it is kept."""

    record_number: int
    header: str
    raw_value: str


@dataclass(frozen=True)
class InvalidValueGroup:
    """The invalid values of a load with one field and rule."""

    field: str
    rule: str
    count: int
    #: The first of them.
    examples: tuple[InvalidValue, ...]


@dataclass(frozen=True)
class DeliveredColumn:
    """A column of a delivery: its header, and how many records have something in it."""

    header: str
    filled: int


class Diagnostics(Protocol):
    """Reads what `Load` and `Replay` have written beside the leads."""

    def rejects(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The rejects of the load by record number, shaped as REJECTS, in batches."""

    def numbered_rejects(self, load_id: int, numbers: Sequence[int]) -> pl.DataFrame:
        """The rejects of the load with these record numbers, by them, shaped as REJECTS; those that there are."""

    def invalid_values(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The invalid values of the load by record number, shaped as INVALID_VALUES, in batches."""

    def reject_groups(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """The rejects of the load by reason, the most frequent first, each with its first examples."""

    def invalid_value_groups(self, load_id: int, *, examples: int = 3) -> list[InvalidValueGroup]:
        """The invalid values of the load by field and rule, the most frequent first, each with its first examples."""

    def headers(self, load_id: int) -> list[str]:
        """The headers of the delivery of the load, in its order; blank ones and second ones have names of their own."""

    def delivered_columns(self, load_ids: Collection[int]) -> dict[int, tuple[DeliveredColumn, ...]]:
        """Of each of these loads the columns of its delivery, from left to right."""

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The columns of a load's delivery, shaped as PROFILES; no rows where nothing is kept of it."""

    def drift(
        self, *, source: str | None = None, load_id: int | None = None, limit: int = 20
    ) -> list[DriftRow]:
        """How the deliveries of the newest `limit` loads that differed did: of one source, of one load, or of all.

        Newest load first, each with its findings in order. They stay when the rows of a load are removed.
        """
