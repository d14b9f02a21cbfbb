"""A source in our hands: what a dead process left of it is cleared away, and a load can begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress

import polars as pl
import sqlalchemy as sa

from leadingest import __version__
from leadingest.destinations.ledger import Load, LoadRow, NewLoad, Replay
from leadingest.destinations.provenance import naive, now, run_by
from leadingest.destinations.refusals import abandoned, interrupted, reason_of
from leadingest.destinations.sql.database import Database, WriterPool
from leadingest.destinations.sql.diagnostics import SqlDiagnostics
from leadingest.destinations.sql.load import SqlLoad
from leadingest.destinations.sql.load_rows import LoadRows, inserted, remove_rows
from leadingest.destinations.sql.replay import sql_replay
from leadingest.destinations.sql.schema import Schema
from leadingest.errors import DestinationError


class SqlClaim:
    """The source as long as its lock is held; whoever holds it is the only one who loads the source."""

    def __init__(self, database: Database, schema: Schema, source: str) -> None:
        self._database, self._schema, self._source = database, schema, source
        self._rows = LoadRows(database, schema)
        #: What `clear` has cleared away.
        self.cleared: Sequence[LoadRow] = ()

    def clear(self) -> None:
        """Undo the loads that are still running: the source is ours, so nobody else can be at them."""
        self.cleared = [self._cleared(row) for row in self._rows.unfinished(self._source)]

    def loaded_before(self, *, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""
        return self._rows.loaded_before(self._source, sha256=sha256, mapping_hash=mapping_hash)

    def published(self) -> LoadRow | None:
        """The load of the source that the view shows."""
        return self._rows.published(self._source)

    def sent_before(self, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once."""
        return self._rows.sent_before(self._source, sha256)

    def profiles(self, load_id: int) -> pl.DataFrame:
        """The columns of a load's delivery."""
        return SqlDiagnostics(self._database, self._schema).profiles(load_id)

    def replay(self, load_id: int, *, key: Sequence[str] = ()) -> AbstractContextManager[Replay]:
        """The rejects of a load of ours, for as long as the block lasts."""
        return sql_replay(self._database, self._schema, load_id, source=self._source, key=key)

    @contextmanager
    def start(self, new: NewLoad) -> Iterator[Load]:
        """A new load, for as long as the block lasts."""
        me = run_by()
        load_id = self._begun(new, me)
        database = self._database
        try:
            with (
                database.replacing() as ledger,
                WriterPool(database.open_writer, most=database.dialect.writers) as pool,
            ):
                load = SqlLoad(
                    load_id,
                    new,
                    run_by=me,
                    database=database,
                    schema=self._schema,
                    pool=pool,
                    ledger=ledger,
                )
                yield load
                if not load.finished:
                    raise abandoned(load_id)
        except BaseException as error:
            # Where the database is gone as well, the next run finds the load without its process.
            with suppress(DestinationError):
                self._undo(load_id, me, reason_of(error))
            raise

    def _cleared(self, row: LoadRow) -> LoadRow:
        me = run_by()
        with self._database.writing() as connection, connection.begin():
            # From here on a process that has only lost its lock cannot add to the load any more.
            self._update(connection, row.load_id, run_by=me)
        self._undo(row.load_id, me, interrupted(row.run_by))
        return row

    def _begun(self, new: NewLoad, me: str) -> int:
        values = {
            "source_name": new.source,
            "load_table": self._schema.leads.name,
            "status": "running",
            "file_name": new.kept_name,
            "file_size": new.file_size,
            "file_sha256": new.file_sha256,
            "mapping_hash": new.mapping_hash,
            "extract_time": naive(new.extract_time),
            "started_at": naive(new.started_at),
            "run_by": me,
            "program_version": __version__,
        }
        with self._database.writing() as connection, connection.begin():
            return inserted(connection, self._schema.loads, values)

    def _undo(self, load_id: int, me: str, reason: str) -> None:
        """Remove the rows of a load of ours and mark it failed."""
        with self._database.writing() as connection:
            with connection.begin():
                owned = self._update(connection, load_id, run_by=me)
            if owned:
                remove_rows(connection, self._schema, load_id)
                with connection.begin():
                    self._update(connection, load_id, status="failed", finished_at=now(), reason=reason)

    def _update(self, connection: sa.Connection, load_id: int, **values: object) -> bool:
        loads = self._schema.loads
        running = loads.update().where(loads.c.load_id == load_id, loads.c.status == "running")
        return connection.execute(running.values(values)).rowcount == 1
