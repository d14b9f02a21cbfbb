"""Publish a load that is there already: one that is held, or an earlier one."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.database import Database
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.load_rows import LoadRows
from leadingest.destinations.publishing import lock_source, publish
from leadingest.destinations.schema import Schema
from leadingest.errors import NothingToDoError, UsageError


class Republishing:
    """Changes which load the view shows."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema
        self._rows = LoadRows(database, schema)

    def approve(self, load_id: int) -> LoadRow:
        """Publish a load that is held. Raises UsageError when there is none with this number, or it is not held."""
        source = self._rows.known(load_id).source_name
        with self._database.writing() as connection, connection.begin():
            lock_source(connection, self._schema, source)
            approved = self._published(connection, source, load_id, "held")
        found = self._rows.known(load_id)
        if not approved:
            state = "is published already" if found.published else f"is {found.status}"
            raise UsageError(f"load {load_id} {state}: only a load that is held can be approved")
        return found

    def rollback(self, source: str, *, to: int | None = None) -> LoadRow:
        """Publish another finished load of the source: `to`, or the one before the published one.

        Raises UsageError when there is no such load, NothingToDoError when there is none before it.
        """
        if to is not None:
            self._rows.known(to, source)
        with self._database.writing() as connection, connection.begin():
            published = lock_source(connection, self._schema, source)
            to = self._before(connection, source, published) if to is None else to
            done = self._published(connection, source, to, "loaded")
        found = self._rows.known(to)
        if not done:
            raise UsageError(
                f"load {to} is {found.status}: only a load that was loaded can be gone back to",
                hint=f"leadingest loads --source {source} lists them",
            )
        return found

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
            raise NothingToDoError(
                f"there is no load of {source} before the published one",
                hint=f"leadingest loads --source {source} lists what there is",
            )
        return found[0].load_id
