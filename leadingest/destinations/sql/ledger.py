"""The ledger in a SQL database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

from leadingest.destinations.ledger import Claim, CorrectedFileRow, LoadRow, to_prune
from leadingest.destinations.provenance import aware
from leadingest.destinations.refusals import busy, not_completed, not_held, nothing_before
from leadingest.destinations.sql.claim import SqlClaim
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.known_keys import KeysOfSource, remember_earlier
from leadingest.destinations.sql.load_rows import LoadRows, lock_source, publish, remove_rows
from leadingest.destinations.sql.schema import Schema
from leadingest.errors import DestinationBusyError


class SqlLedger:
    """The loads into one load table; a pruning that was broken off is taken up by the next one."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema
        self._rows = LoadRows(database, schema)

    @contextmanager
    def claim(self, source: str, *, wait: float = 0) -> Iterator[Claim]:
        """The source, for as long as the block lasts."""
        with self._database.lock(f"{self._schema.leads.name}/{source}", wait=wait) as acquired:
            if not acquired:
                raise busy(source, self._rows.unfinished(source), wait)
            claim = SqlClaim(self._database, self._schema, source)
            claim.clear()
            remember_earlier(self._database, self._schema)
            yield claim

    def load(self, load_id: int) -> LoadRow:
        """The load with this number."""
        return self._rows.existing(load_id)

    def history(self, *, source: str | None = None, limit: int | None = 20) -> list[LoadRow]:
        """Loads of one source or of all, newest first."""
        conditions = [self._schema.loads.c.source_name == source] if source else []
        return self._rows.found(*conditions, limit=limit)

    def corrected_files(self, load_id: int) -> list[CorrectedFileRow]:
        """The corrected files that have joined the load, the first one first."""
        files = self._schema.corrected_files
        select = sa.select(files).where(files.c.load_id == load_id).order_by(files.c.file)
        with self._database.reading() as connection:
            return [
                CorrectedFileRow(
                    row.file_name,
                    row.file_size,
                    row.file_sha256,
                    aware(row.joined_at),
                    row.records_loaded,
                    row.records_filtered,
                )
                for row in connection.execute(select)
            ]

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end."""
        return self._rows.newest(source)

    def newest_of_each(self, number: int) -> list[LoadRow]:
        """The newest so many loads of every source, and its published one, newest first."""
        return self._rows.newest_of_each(number)

    def published(self, source: str) -> LoadRow | None:
        """The load of the source that the view shows."""
        return self._rows.published(source)

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once."""
        return self._rows.sent_before(source, sha256)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError when there is none with this number, or it is not held."""
        source = self._rows.existing(load_id).source_name
        with self._database.writing() as connection, connection.begin():
            lock_source(connection, self._schema, source)
            approved = self._published(connection, source, load_id, "held")
        found = self._rows.existing(load_id)
        if not approved:
            raise not_held(found)
        return found

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source: `to`, or the one before the published one.

        Raises UsageError when there is no such load, NothingToDoError when there is none before it.
        """
        if to is not None:
            self._rows.existing(to, source)
        with self._database.writing() as connection, connection.begin():
            published = lock_source(connection, self._schema, source)
            to = self._before(connection, source, published) if to is None else to
            done = self._published(connection, source, to, "loaded")
        found = self._rows.existing(to)
        if not done:
            raise not_completed(found)
        return found

    def prune(self, *, keep: int, source: str | None = None) -> list[LoadRow]:
        """Remove the rows of all but the newest `keep` finished loads of each source; the loads whose rows are gone."""
        loads = self._schema.loads
        conditions = [loads.c.source_name == source] if source else []
        finished = self._rows.found(loads.c.status.in_(["loaded", "held", "pruning"]), *conditions)
        pruned = [row for row in to_prune(finished, keep) if self._pruned(row)]
        for name in dict.fromkeys(row.source_name for row in pruned):
            self._forget_keys(name)
        return pruned

    def _forget_keys(self, source: str) -> None:
        """Where the source is being loaded, the next pruning does it: keys that no lead has do no harm."""
        with suppress(DestinationBusyError), self.claim(source):
            with self._database.reading() as connection:
                keys = KeysOfSource(connection, self._schema, source)
            with self._database.replacing() as connection, connection.begin():
                keys.forget_others(connection)

    def _published(self, connection: sa.Connection, source: str, load_id: int, status: str) -> bool:
        """Publish a load of this status, which is `loaded` from then on; whether there is one."""
        loads = self._schema.loads
        change = loads.update().where(loads.c.load_id == load_id, loads.c.status == status)
        # The number of rows that match: nothing needs to change for one that is loaded already.
        if connection.execute(change.values(status="loaded", reason=None)).rowcount != 1:
            return False
        publish(connection, self._schema, source, load_id)
        return True

    def _before(self, connection: sa.Connection, source: str, published: int) -> int:
        """The finished load of the source before the published one."""
        loads = self._schema.loads
        earlier = (loads.c.source_name == source, loads.c.status == "loaded", loads.c.load_id < published)
        found = self._rows.found_by(connection, *earlier, limit=1)
        if not found:
            raise nothing_before(source)
        return found[0].load_id

    def _pruned(self, row: LoadRow) -> bool:
        """Remove the rows of the load, unless it was published or is gone meanwhile."""
        loads = self._schema.loads
        this = loads.c.load_id == row.load_id
        with self._database.writing() as connection:
            with connection.begin():
                published = lock_source(connection, self._schema, row.source_name)
                begun = loads.update().where(this, loads.c.status.in_([row.status, "pruning"]))
                if (
                    row.load_id == published
                    or connection.execute(begun.values(status="pruning")).rowcount != 1
                ):
                    return False
            remove_rows(connection, self._schema, row.load_id)
            with connection.begin():
                connection.execute(loads.update().where(this).values(status="pruned"))
        return True
