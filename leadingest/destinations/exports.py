"""Exports by name: what was handed out under a name, and that more was."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import polars as pl

#: Leads that were handed out: what each is known by, and what was said of it; digests of 32 characters.
HANDED_OUT = {"lead_digest": pl.String(), "content_digest": pl.String()}


@dataclass(frozen=True)
class NewExport:
    """A file that was handed out under a name."""

    file_name: str
    file_sha256: str
    #: The columns of the file, in their order.
    columns: tuple[str, ...]
    #: Which leads were asked for, as JSON can hold it.
    chosen_by: Mapping[str, Any]
    #: The number of the published load, by source.
    loads: Mapping[str, int]
    new: int
    changed: int
    reappeared: int
    known: int
    gone: int


@dataclass(frozen=True)
class ExportRow:
    """An export that is done; `exported_at` is aware UTC."""

    export_id: int
    columns: tuple[str, ...]
    file_name: str
    exported_at: datetime


class Export(Protocol):
    """The exports of one name in our hands: nobody else can write one meanwhile."""

    def last(self) -> ExportRow | None:
        """The newest one that was marked."""

    def handed_out(self) -> pl.DataFrame:
        """Every lead that was handed out, as it was last; shaped as HANDED_OUT."""

    def mark(self, new: NewExport, leads: pl.DataFrame, *, anew: bool) -> ExportRow:
        """Keep that these leads, shaped as HANDED_OUT, were handed out; all of them or none.

        With `anew` those that were handed out before count no more.
        """


class Exports(Protocol):
    """Knows what was handed out."""

    def of_name(self, name: str) -> AbstractContextManager[Export]:
        """The exports of this name, for as long as the block lasts.

        Raises DestinationBusyError where another process has them.
        """
