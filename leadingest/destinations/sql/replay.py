"""The rejects of a finished load, replaced in one transaction by what they have become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import polars as pl
import sqlalchemy as sa

from leadingest import __version__
from leadingest.destinations.leads import stored
from leadingest.destinations.ledger import LoadRow, NewCorrectedFile, RecordCounts, Replay, kept_name
from leadingest.destinations.provenance import lineage, now
from leadingest.destinations.refusals import changed_meanwhile, not_to_be_replayed
from leadingest.destinations.shared_keys import SharedKeys
from leadingest.destinations.sql.bulk_writers.bulk_writer import Constant, Writer
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.known_keys import LoadKeys, remember_keys
from leadingest.destinations.sql.leads import load_frames
from leadingest.destinations.sql.load_rows import LoadRows, lock_source, texts
from leadingest.destinations.sql.schema import Schema
from leadingest.errors import BalanceError

_FAULT = "this is a bug in leadingest: nothing was changed; please report it"


class SqlReplay:
    """Writes through one connection, in the transaction that is open on it."""

    def __init__(self, load: LoadRow, schema: Schema, writer: Writer, *, key: Sequence[str]) -> None:
        self._load, self._schema, self._writer, self._key = load, schema, writer, key
        self._counts = RecordCounts(
            read=load.records_read,
            loaded=load.records_loaded,
            rejected=load.records_rejected,
            filtered=load.records_filtered,
            invalid_values=load.invalid_values,
        )
        self.finished = False

    def write(
        self,
        *,
        instead_of: pl.DataFrame,
        leads: pl.DataFrame,
        rejects: pl.DataFrame,
        invalid_values: pl.DataFrame,
    ) -> None:
        """Replace some rejects by what they have become."""
        if instead_of.is_empty():
            return
        table = self._schema.rejects
        these = table.c.record_number.in_(instead_of["record_number"].to_list())
        gone = sa.delete(table).where(table.c.load_id == self._load.load_id, these)
        # The rows that stay are written again: the user of the database needs no right to change them.
        if self._writer.connection.execute(gone).rowcount != instead_of.height:
            raise changed_meanwhile(self._load.load_id)
        of_load: dict[str, Constant] = {"load_id": self._load.load_id}
        of_leads = of_load | texts(
            lineage(self._load.source_name, self._load.file_name, self._load.extract_time)
        )
        self._insert(self._schema.leads, stored(leads, self._schema.description), of_leads)
        self._insert(table, rejects, of_load)
        self._insert(self._schema.invalid_values, invalid_values, of_load)
        self._counts = replace(
            self._counts,
            loaded=self._counts.loaded + leads.height,
            rejected=self._counts.rejected - instead_of.height + rejects.height,
            invalid_values=self._counts.invalid_values + invalid_values.height,
        )

    def finish(self, *, filtered: int, corrected: NewCorrectedFile | None = None) -> None:
        """Count the load again; whoever opened the transaction commits it."""
        counts = replace(self._counts, filtered=self._counts.filtered + filtered)
        loaded = counts.loaded - self._load.records_loaded
        if corrected and (loaded or filtered):
            self._keep_corrected(corrected, loaded=loaded, filtered=filtered)
        if not counts.balanced:
            raise BalanceError(
                f"the counts of load {self._load.load_id} do not add up: {counts}", hint=_FAULT
            )
        self._balance(counts)
        self._share_keys()
        loads = self._schema.loads
        change = loads.update().where(loads.c.load_id == self._load.load_id)
        self._writer.connection.execute(
            change.values(
                records_loaded=counts.loaded,
                records_rejected=counts.rejected,
                records_filtered=counts.filtered,
                invalid_values=counts.invalid_values,
            )
        )
        self.finished = True

    def _keep_corrected(self, file: NewCorrectedFile, *, loaded: int, filtered: int) -> None:
        """Note that the file joins the load; the source is locked, so that nobody else counts its files."""
        connection, table, load_id = self._writer.connection, self._schema.corrected_files, self._load.load_id
        count = connection.scalar(sa.select(sa.func.count()).where(table.c.load_id == load_id)) or 0
        connection.execute(
            table.insert().values(
                load_id=load_id,
                file=count + 1,
                file_name=kept_name(file.file_name),
                file_size=file.file_size,
                file_sha256=file.file_sha256,
                records_loaded=loaded,
                records_filtered=filtered,
                joined_at=now(),
                program_version=__version__,
            )
        )

    def _share_keys(self) -> None:
        """Find again which keys the leads of the load share, and with whom, now that there are more of them."""
        connection, table, load_id = self._writer.connection, self._schema.shared_keys, self._load.load_id
        description = self._schema.description
        told_apart, fields = description.identity.told_apart, description.columns
        found, keys = SharedKeys(told_apart, [fields[name] for name in self._key]), LoadKeys()
        reads = {column.name for column in told_apart.numbers} | set(self._key)
        for leads in load_frames(
            connection,
            self._schema,
            load_id,
            ("source_record_number", "lead_key", "name_hash", *sorted(reads)),
        ):
            found.add(leads)
            keys.add(leads)
        connection.execute(sa.delete(table).where(table.c.load_id == load_id))
        self._insert(table, found.found(), {"load_id": load_id})
        remember_keys(connection, self._schema, load_id, self._load.source_name, keys)

    def _insert(self, table: sa.Table, rows: pl.DataFrame, constants: dict[str, Constant]) -> None:
        if rows.is_empty():
            return
        written = self._writer.write(table, rows, constants)
        if written != rows.height:
            raise BalanceError(
                f"the database accepted {written} of {rows.height} rows into {table.name}", hint=_FAULT
            )

    def _balance(self, counts: RecordCounts) -> None:
        """Compare the counts with what the tables hold."""
        expected = {
            self._schema.leads: counts.loaded,
            self._schema.rejects: counts.rejected,
            self._schema.invalid_values: counts.invalid_values,
        }
        for table, number in expected.items():
            select = sa.select(sa.func.count()).where(table.c.load_id == self._load.load_id)
            held = self._writer.connection.scalar(select)
            if held != number:
                raise BalanceError(
                    f"{table.name} has {held} rows of load {self._load.load_id}, expected {number}",
                    hint=_FAULT,
                )


@contextmanager
def sql_replay(
    database: Database, schema: Schema, load_id: int, *, source: str, key: Sequence[str] = ()
) -> Iterator[Replay]:
    """The rejects of the load of the source; committed at the end of the block if it was finished."""
    with database.replacing() as connection:
        transaction = connection.begin()
        try:
            lock_source(connection, schema, source)
            replay = SqlReplay(
                _finished(connection, database, schema, load_id),
                schema,
                database.writer(connection),
                key=key,
            )
            yield replay
            if replay.finished:
                transaction.commit()
        finally:
            # Whatever is not committed by then.
            transaction.close()


def _finished(connection: sa.Connection, database: Database, schema: Schema, load_id: int) -> LoadRow:
    """The load, which nobody can publish or remove until the transaction ends."""
    found = LoadRows(database, schema).found_by(connection, schema.loads.c.load_id == load_id)
    if not found or found[0].status not in ("loaded", "held"):
        raise not_to_be_replayed(load_id, found[0].status if found else None)
    return found[0]
