"""What every way of writing rows promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl
import sqlalchemy as sa

#: A value that all rows have in common.
Constant = int | str


class Way(Protocol):
    """Writes rows through one connection, in the transaction that is open on it."""

    #: What it is called in reports: `LOAD DATA`.
    name: str

    def write(
        self,
        connection: sa.Connection,
        table: sa.Table,
        rows: pl.DataFrame,
        constants: Mapping[str, Constant],
    ) -> int:
        """Write all rows, each with the constants beside its own columns; gives how many the database took.

        The columns of `rows` are named as those of the table; one that neither has stays null. Raises what
        SQLAlchemy raises, or DestinationError where the server took the rows under protest.
        """


@dataclass(frozen=True)
class Writer:
    """A connection, and the way in which rows go through it."""

    connection: sa.Connection
    way: Way
