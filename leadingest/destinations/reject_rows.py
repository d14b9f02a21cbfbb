"""The rejects of a load: all of them batch by batch, or counted by reason with some examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.database import Database
from leadingest.destinations.schema import Schema
from leadingest.tables.rejects import REJECTS

#: Rows of a batch. A raw record may have 16 MiB, but hardly ever has more than a thousandth of it.
BATCH = 2_000


@dataclass(frozen=True)
class Reject:
    """A row of `load_rejects`, as it stands there."""

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


class RejectRows:
    """Asks `load_rejects`."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._rejects = database, schema.rejects

    def batches(self, load_id: int, *, size: int = BATCH) -> Iterator[pl.DataFrame]:
        """The rejects of the load by record number, shaped as REJECTS, at most `size` at a time.

        Each batch is a query of its own: rejects may be taken away between two of them.
        """
        last = 0
        number = self._rejects.c.record_number
        select = sa.select(*(self._rejects.c[name] for name in REJECTS)).order_by(number).limit(size)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    select.where(self._rejects.c.load_id == load_id, number > last)
                ).all()
            if not rows:
                return
            yield pl.DataFrame([tuple(row) for row in rows], schema=REJECTS, orient="row")
            last = rows[-1].record_number

    def numbered(self, load_id: int, numbers: Sequence[int]) -> pl.DataFrame:
        """The rejects of the load with these record numbers, in their order, shaped as REJECTS."""
        rejects = self._rejects.c
        select = sa.select(*(rejects[name] for name in REJECTS)).order_by(rejects.record_number)
        these = select.where(rejects.load_id == load_id, rejects.record_number.in_(numbers))
        with self._database.reading() as connection:
            rows = connection.execute(these).all()
        return pl.DataFrame([tuple(row) for row in rows], schema=REJECTS, orient="row")

    def groups(self, load_id: int, *, examples: int) -> list[RejectGroup]:
        """The reasons of the load, the most frequent first, each with so many examples at most."""
        rejects = self._rejects
        of_load = rejects.c.load_id == load_id
        counts = sa.select(rejects.c.field, rejects.c.rule, sa.func.count().label("count")).where(of_load)
        # What is long in a row is only fetched of the rows that are wanted.
        place = sa.func.row_number().over(
            partition_by=(rejects.c.field, rejects.c.rule), order_by=rejects.c.record_number
        )
        placed = sa.select(rejects.c.record_number, place.label("place")).where(of_load).subquery()
        first = sa.select(placed.c.record_number).where(placed.c.place <= examples)
        wanted = sa.select(rejects).where(of_load, rejects.c.record_number.in_(first))
        with self._database.reading() as connection:
            counted = connection.execute(counts.group_by(rejects.c.field, rejects.c.rule)).all()
            shown = connection.execute(wanted.order_by(rejects.c.record_number)).all() if examples else []
        found = [
            RejectGroup(
                field,
                rule,
                count,
                tuple(
                    Reject(row.record_number, row.line_number, row.message, row.raw_record or "")
                    for row in shown
                    if (row.field, row.rule) == (field, rule)
                ),
            )
            for field, rule, count in counted
        ]
        return sorted(found, key=lambda group: (-group.count, group.field or "", group.rule))
