"""Loads of another destination, copied: what a destination promises that `leadingest mirror` writes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from leadingest.destinations.ledger import CorrectedFileRow, DriftNote, LoadRow


@dataclass(frozen=True)
class CopiedSource:
    """What a destination has of a source."""

    #: Every load, newest first; of a copy, `original` says of which load it is one.
    loads: Sequence[LoadRow] = ()
    #: Whether something is to be cleared away: what a process that is no more left behind, or files whose time is over.
    to_clear: bool = False


class Copy(Protocol):
    """A copy under way. Nothing of it is visible to readers until `finish` has returned.

    Frames are shaped as the roles of a destination give them, and may be empty.
    """

    def write_leads(self, leads: pl.DataFrame) -> None:
        """Add leads, as `Leads.of_load` gives all their columns; those of a later batch come later in the delivery."""

    def write_rejects(self, rejects: pl.DataFrame) -> None:
        """Add rejects."""

    def write_invalid_values(self, invalid_values: pl.DataFrame) -> None:
        """Add invalid values."""

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery."""

    def finish(
        self, *, shared_keys: pl.Series, drift: Sequence[DriftNote], corrected: Iterable[CorrectedFileRow]
    ) -> None:
        """End the copy, and publish it.

        Raises BalanceError, and publishes nothing, where other rows were written than the load counts.
        """


class CopyClaim(Protocol):
    """The copies of a source in our hands: nobody else can change them meanwhile."""

    def source(self) -> CopiedSource:
        """What there is of it now."""

    def copy(self, load: LoadRow, *, instead_of: int | None) -> AbstractContextManager[Copy]:
        """A copy of the load, whose `original` says of which one, for as long as the block lasts.

        It takes the place of the copy `instead_of`, where there is one, and has the number of the load where it is free. One
        left without `finish` leaves nothing behind.
        """

    def publish(self, copy_id: int) -> bool:
        """Publish a copy again; False, and nothing done, where its files are not there any more."""

    def withdraw(self) -> None:
        """Publish no load of the source."""

    def prune(self, copy_ids: Iterable[int]) -> None:
        """Remove the rows of these copies, as `Ledger.prune` does. The published one stays."""


class Copies(Protocol):
    """The copies of a load table."""

    def sources(self, *names: str) -> dict[str, CopiedSource]:
        """What there is of these sources, of each where none is named. Nothing is written."""

    def claim(self, source: str, *, wait: float = 0) -> AbstractContextManager[CopyClaim]:
        """The copies of the source, for as long as the block lasts: as `Ledger.claim`."""

    def follow(self, sources: Collection[str]) -> None:
        """Have other engines see what is published of these sources; nothing is written where they do."""
