"""A load into a SQL database: one transaction from the first row to publishing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.ledger import Counts, NewLoad
from leadingest.destinations.schema import Schema
from leadingest.errors import BalanceError

#: Rows handed to the driver at once: more costs memory, fewer costs round trips.
CHUNK = 5_000


def now() -> datetime:
    """The time as the tables hold it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def naive(time: datetime) -> datetime:
    """An aware time as the tables hold it."""
    return time.astimezone(UTC).replace(tzinfo=None)


def kept_name(file_name: str) -> str:
    r"""The name of a file as the tables hold it: bytes of it that are no UTF-8 as `\udcff`, and what fits."""
    return file_name.encode("utf-8", "backslashreplace").decode()[:255]


class SqlLoad:
    """The rows of one load, in a transaction that the destination has begun on `connection`."""

    def __init__(self, connection: sa.Connection, schema: Schema, new: NewLoad, load_id: int) -> None:
        self.id = load_id
        self.finished = False
        self._connection, self._schema, self._new = connection, schema, new

    def write(self, *, leads: pl.DataFrame, rejects: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Add a batch."""
        lineage = {
            "source_name": self._new.source,
            "source_filename": kept_name(self._new.file_name),
            "source_extract_time": naive(self._new.extract_time),
            "updated_at": now(),
        }
        if leads.height:
            rows = leads.rename({"record_number": "source_record_number"})
            self._insert(self._schema.leads, rows, lineage)
        self._insert(self._schema.rejects, rejects, {})
        self._insert(self._schema.invalid_values, invalid_values, {})

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery."""
        self._insert(self._schema.profiles, profiles, {})

    def finish(self, counts: Counts, *, status: Literal["loaded", "held"]) -> None:
        """End the load, publish it unless it is held, and commit."""
        self._balance(counts)
        loads = self._schema.loads
        self._connection.execute(
            loads.update()
            .where(loads.c.load_id == self.id)
            .values(
                status=status,
                finished_at=now(),
                records_read=counts.read,
                records_loaded=counts.loaded,
                records_rejected=counts.rejected,
                records_filtered=counts.filtered,
                invalid_values=counts.invalid_values,
            )
        )
        if status == "loaded":
            publish(self._connection, self._schema, self._new.source, self.id)
        self._connection.commit()
        self.finished = True

    def _insert(self, table: sa.Table, rows: pl.DataFrame, constants: dict[str, object]) -> None:
        given = rows.with_columns(
            pl.lit(value).alias(name) for name, value in {"load_id": self.id, **constants}.items()
        )
        for chunk in given.iter_slices(CHUNK):
            if chunk.height:
                self._connection.execute(table.insert(), chunk.to_dicts())

    def _balance(self, counts: Counts) -> None:
        """Compare what was counted with itself, and with what the database holds."""
        if not counts.balanced:
            raise BalanceError(f"the counts of load {self.id} do not add up: {counts}")
        expected = {
            self._schema.leads: counts.loaded,
            self._schema.rejects: counts.rejected,
            self._schema.invalid_values: counts.invalid_values,
        }
        for table, number in expected.items():
            held = self._connection.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.load_id == self.id)
            )
            if held != number:
                raise BalanceError(
                    f"{table.name} holds {held} rows of load {self.id}, and should hold {number}",
                    hint="nothing was published; run it again, and report it if it stays",
                )


def publish(connection: sa.Connection, schema: Schema, source: str, load_id: int) -> None:
    """Make the load the one that the view shows of its source."""
    published = schema.published
    row = {"load_id": load_id, "published_at": now()}
    mine = sa.and_(published.c.source_name == source, published.c.load_table == schema.leads.name)
    if connection.execute(published.update().where(mine).values(row)).rowcount == 0:
        key = {"source_name": source, "load_table": schema.leads.name}
        connection.execute(published.insert().values({**key, **row}))
