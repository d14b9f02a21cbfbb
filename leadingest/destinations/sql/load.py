"""A load into a SQL database: rows in chunks of their own, visible all at once when it is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.leads import stored
from leadingest.destinations.ledger import DriftNote, LoadEnd, NewLoad, RecordCounts
from leadingest.destinations.provenance import lineage, now
from leadingest.destinations.refusals import lost
from leadingest.destinations.shared_keys import SharedKeys
from leadingest.destinations.sql.bulk_writers.bulk_writer import Constant, Writer
from leadingest.destinations.sql.database import Database, WriterPool
from leadingest.destinations.sql.diagnostics import write_drift
from leadingest.destinations.sql.known_keys import LoadKeys, keys_of_load, remember_keys
from leadingest.destinations.sql.load_rows import lock_source, publish, texts
from leadingest.destinations.sql.schema import Schema
from leadingest.errors import BalanceError

#: Bytes that a chunk may have in memory, however few rows they are: raw records can be long.
_MOST_BYTES = 32 << 20

#: Times that a chunk is tried where other transactions are in its way.
_TRIES = 3


class SqlLoad:
    """The rows of one load on their way through `pool`, in chunks that are a transaction each.

    A chunk is made of as many batches as have the `chunk` rows of the dialect together.

    Each transaction looks first whether the load is still that of `run_by`: whoever finds a load whose process
    is gone takes it over, and from then on nothing can be added to it. `ledger` is the connection that publishes.
    """

    def __init__(
        self,
        load_id: int,
        new: NewLoad,
        *,
        run_by: str,
        database: Database,
        schema: Schema,
        pool: WriterPool[Writer],
        ledger: sa.Connection,
    ) -> None:
        self.id = load_id
        self.finished = False
        self._new, self._run_by, self._database, self._schema = new, run_by, database, schema
        self._pool, self._ledger = pool, ledger
        #: What is written next, once there is enough of it.
        self._gathered: dict[sa.Table, list[pl.DataFrame]] = {}
        columns, identity = schema.description.columns, schema.description.identity
        self._shared_keys = SharedKeys(identity.told_apart, [columns[name] for name in new.key])
        self._keys = LoadKeys()
        self._bulk_writer = ""
        #: Per chunk and table the rows that were found there once the chunk was committed.
        self._found: list[tuple[sa.Table, int]] = []

    @property
    def written_by(self) -> str:
        """How its rows are written."""
        connections = self._pool.opened
        return f"{self._bulk_writer} on {connections} connections" if connections > 1 else self._bulk_writer

    def write(self, *, leads: pl.DataFrame, rejects: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Add a batch."""
        if leads.height:
            leads = stored(leads, self._schema.description)
            self._shared_keys.add(leads)
            self._keys.add(leads)
        self._gather(self._schema.leads, leads)
        self._gather(self._schema.rejects, rejects)
        self._gather(self._schema.invalid_values, invalid_values)
        gathered = [rows for frames in self._gathered.values() for rows in frames]
        if (
            sum(rows.height for rows in gathered) >= self._database.dialect.chunk
            or sum(rows.estimated_size() for rows in gathered) >= _MOST_BYTES
        ):
            self._submit()

    def write_profiles(self, profiles: pl.DataFrame) -> None:
        """Add the columns of the delivery."""
        self._gather(self._schema.profiles, profiles)

    def write_drift(self, notes: Sequence[DriftNote]) -> None:
        """Keep how the delivery differed, in a transaction of its own."""
        if not notes:
            return
        with self._ledger.begin():
            self._refuse_unless_owner(self._ledger)
            write_drift(self._ledger, self._schema, self.id, notes)

    def finish(self, end: LoadEnd) -> None:
        """End the load, publish it unless it is held, and commit."""
        self._gather(self._schema.shared_keys, self._shared_keys.found())
        self._submit()
        self._pool.drain()
        self._balance(end.counts)
        # They can be gone through once: where others were in the way, the load table has them.
        gathered = iter([self._keys])
        self._in_transaction(self._ledger, lambda: self._remember_keys(next(gathered, None)))
        with self._ledger.begin():
            lock_source(self._ledger, self._schema, self._new.source)
            self._refuse_unless_owner(self._ledger)
            self._ledger.execute(
                _ending(self._schema),
                {
                    "load": self.id,
                    "status": "held" if end.held_because else "loaded",
                    "reason": end.held_because or None,
                    "encoding": end.encoding,
                    "dialect": end.dialect,
                    "finished_at": now(),
                    "records_read": end.counts.read,
                    "records_loaded": end.counts.loaded,
                    "records_rejected": end.counts.rejected,
                    "records_filtered": end.counts.filtered,
                    "invalid_values": end.counts.invalid_values,
                },
            )
            if not end.held_because:
                publish(self._ledger, self._schema, self._new.source, self.id)
        self.finished = True

    def _gather(self, table: sa.Table, rows: pl.DataFrame) -> None:
        if rows.height:
            self._gathered.setdefault(table, []).append(rows)

    def _submit(self) -> None:
        if self._gathered:
            chunk = {table: pl.concat(frames) for table, frames in self._gathered.items()}
            self._gathered = {}
            self._pool.submit(lambda writer: self._commit(writer, chunk))

    def _in_transaction(self, connection: sa.Connection, work: Callable[[], None]) -> None:
        """Do the work while the load is ours, and again where other transactions are in its way."""
        for tries_left in reversed(range(_TRIES)):
            try:
                with connection.begin():
                    self._refuse_unless_owner(connection)
                    work()
            except sa.exc.DBAPIError as error:
                if not tries_left or not self._database.is_retryable(error):
                    raise
            else:
                return

    def _remember_keys(self, gathered: LoadKeys | None) -> None:
        keys = gathered or keys_of_load(self._ledger, self._schema, self.id)
        remember_keys(self._ledger, self._schema, self.id, self._new.source, keys)

    def _commit(self, writer: Writer, frames: Mapping[sa.Table, pl.DataFrame]) -> None:
        def write() -> None:
            for table, rows in frames.items():
                self._write(writer, table, rows)

        self._in_transaction(writer.connection, write)
        between = [self._rows_between(table, rows) for table, rows in frames.items()]
        with writer.connection.begin():
            found = writer.connection.execute(sa.select(*between)).one()
        self._found += zip(frames, found, strict=True)

    def _write(self, writer: Writer, table: sa.Table, rows: pl.DataFrame) -> None:
        written = writer.write(table, rows, self._constants(table))
        self._bulk_writer = writer.bulk.name
        if written != rows.height:
            raise BalanceError(
                f"the database accepted {written} of {rows.height} rows of load {self.id} into {table.name}",
                hint="nothing was published; run it again, and report it if it happens again",
            )

    def _constants(self, table: sa.Table) -> dict[str, Constant]:
        constants: dict[str, Constant] = {"load_id": self.id}
        if table is self._schema.leads:
            constants |= texts(lineage(self._new.source, self._new.kept_name, self._new.extract_time))
        return constants

    def _refuse_unless_owner(self, connection: sa.Connection) -> None:
        """Until the transaction ends nobody can take the load over, and only as long is it sure to be ours."""
        if connection.scalar(_owner(self._schema), {"load": self.id}) != self._run_by:
            raise lost(self.id)

    def _rows_between(self, table: sa.Table, rows: pl.DataFrame) -> sa.ScalarSelect[int]:
        """How many rows of the load the table holds from the first of these to the last, as part of a query.

        Counted chunk by chunk, for then the server has them at hand: to count a million at the end takes a
        tenth of the load. Chunks have no number in common, and nobody but this load can add to it.
        """
        _, order, *_ = table.primary_key.columns
        numbers = rows[order.name]
        within = order.between(numbers.min(), numbers.max())
        held = sa.select(sa.func.count()).select_from(table).where(table.c.load_id == self.id, within)
        return held.scalar_subquery()

    def _balance(self, counts: RecordCounts) -> None:
        """Compare what was counted with itself, and with what the database holds."""
        if not counts.balanced:
            raise BalanceError(f"the counts of load {self.id} do not add up: {counts}")
        expected = {
            self._schema.leads: counts.loaded,
            self._schema.rejects: counts.rejected,
            self._schema.invalid_values: counts.invalid_values,
        }
        for table, number in expected.items():
            held = sum(found for where, found in self._found if where is table)
            if held != number:
                raise BalanceError(
                    f"{table.name} has {held} rows of load {self.id}, expected {number}",
                    hint="nothing was published; run it again, and report it if it happens again",
                )


@lru_cache(maxsize=16)
def _owner(schema: Schema) -> sa.Select[Any]:
    """Whose the load is while it is running; it stays so until the transaction ends."""
    loads = schema.loads.c
    running = sa.select(loads.run_by).where(loads.load_id == sa.bindparam("load"), loads.status == "running")
    return running.with_for_update(read=True)


@lru_cache(maxsize=16)
def _ending(schema: Schema) -> sa.Update:
    """Changes the row of a load."""
    return schema.loads.update().where(schema.loads.c.load_id == sa.bindparam("load"))
