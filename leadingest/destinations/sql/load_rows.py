"""The rows of `loads` and of `published_loads`: asked, locked and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.provenance import aware, now, process_of
from leadingest.destinations.refusals import no_such_load
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.schema import Schema

#: What `published_loads` has of a source none of whose loads was ever published; loads are numbered from 1.
_NONE = 0
#: Rows deleted in one transaction.
AT_ONCE = 10_000


class LoadRows:
    """Asks `loads` about the loads into one load table."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema, self._loads = database, schema, schema.loads

    def found(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[LoadRow]:
        """The loads that meet the conditions, newest first."""
        with self._database.reading() as connection:
            return self.found_by(connection, *conditions, limit=limit)

    def found_by(
        self, connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int | None = None
    ) -> list[LoadRow]:
        """The loads that meet the conditions, as the open transaction of the connection sees them, newest first."""
        loads, published = self._loads, self._schema.published
        shown = sa.select(published.c.load_id).where(published.c.load_id == loads.c.load_id).exists()
        select = sa.select(loads, shown.label("published")).where(
            loads.c.load_table == self._schema.leads.name, *conditions
        )
        rows = connection.execute(select.order_by(loads.c.load_id.desc()).limit(limit)).mappings()
        return [_load_row(row) for row in rows]

    def newest_of_each(self, number: int) -> list[LoadRow]:
        """The newest so many loads of every source and its published one, newest first."""
        loads = self._loads
        place = sa.func.row_number().over(partition_by=loads.c.source_name, order_by=loads.c.load_id.desc())
        placed = sa.select(loads.c.load_id, place.label("place"))
        placed_here = placed.where(loads.c.load_table == self._schema.leads.name).subquery()
        newest = sa.select(placed_here.c.load_id).where(placed_here.c.place <= number)
        published = sa.select(self._schema.published.c.load_id)
        return self.found(loads.c.load_id.in_(newest) | loads.c.load_id.in_(published))

    def one(self, load_id: int) -> LoadRow | None:
        """The load with this number."""
        return next(iter(self.found(self._loads.c.load_id == load_id)), None)

    def existing(self, load_id: int, source: str = "") -> LoadRow:
        """The load with this number, of the source if one is named. Raises UsageError where there is none."""
        found = self.one(load_id)
        if not found or found.source_name != (source or found.source_name):
            raise no_such_load(load_id, source, self._database.url)
        return found

    def published(self, source: str) -> LoadRow | None:
        """The load of the source that the view shows."""
        shown = self._loads.c.load_id == shown_load(self._schema, source)
        return next(iter(self.found(shown, limit=1)), None)

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end, held or not, and whose rows are there."""
        ended = self._loads.c.status.in_(["loaded", "held"])
        return next(iter(self.found(self._loads.c.source_name == source, ended, limit=1)), None)

    def unfinished(self, source: str) -> list[LoadRow]:
        """The loads of the source that somebody is at, or was when the process ended."""
        return self.found(self._loads.c.source_name == source, self._loads.c.status == "running")

    def loaded_before(self, source: str, *, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""
        same = (
            self._loads.c.source_name == source,
            self._loads.c.file_sha256 == sha256,
            self._loads.c.mapping_hash == mapping_hash,
            self._loads.c.status.in_(["loaded", "held"]),
        )
        return next(iter(self.found(*same, limit=1)), None)

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once, under whatever mapping."""
        finished = self._loads.c.status.in_(["loaded", "pruning", "pruned"])
        same = (self._loads.c.source_name == source, self._loads.c.file_sha256 == sha256, finished)
        return next(iter(self.found(*same, limit=1)), None)


def inserted(connection: sa.Connection, table: sa.Table, values: Mapping[str, object]) -> int:
    """The number that the database has given the new row of a table whose rows are numbered."""
    key = connection.execute(table.insert().values(values)).inserted_primary_key
    assert key is not None  # noqa: S101  # one row was inserted
    return int(key[0])


def lock_source(connection: sa.Connection, schema: Schema, source: str) -> int:
    """Be the only one who changes loads of the source that are done, until the transaction ends; the published load.

    Whoever publishes, prunes or replays begins with this, and relies on no level of isolation: the row of the source
    in `published_loads`, made where there is none, is in one hand, and what is read afterwards is as the one
    before has left it. Nothing may be read before. 0 where no load is published.
    """
    published = schema.published
    key = {"source_name": source, "load_table": schema.leads.name}
    row = key | {"load_id": _NONE, "published_at": now()}
    connection.execute(schema.dialect.insert_or_lock(published, row, unchanged="load_id"))
    return connection.scalar(sa.select(shown_load(schema, source))) or _NONE


def publish(connection: sa.Connection, schema: Schema, source: str, load_id: int) -> None:
    """Make the load the one that the view shows of its source, which is locked."""
    published = schema.published
    conditions = (published.c.source_name == source, published.c.load_table == schema.leads.name)
    connection.execute(published.update().where(*conditions).values(load_id=load_id, published_at=now()))


def shown_load(schema: Schema, source: str) -> sa.ScalarSelect[int]:
    """The number of the load that the view shows of the source, as part of a query."""
    published = schema.published
    conditions = (published.c.source_name == source, published.c.load_table == schema.leads.name)
    return sa.select(published.c.load_id).where(*conditions).scalar_subquery()


def texts(lineage: Mapping[str, str | datetime]) -> dict[str, int | str]:
    """What leads have in common, with a text that every database takes for each time."""
    return {
        name: value.isoformat(sep=" ", timespec="microseconds") if isinstance(value, datetime) else value
        for name, value in lineage.items()
    }


def _load_row(row: sa.RowMapping) -> LoadRow:
    values = dict(row)
    for name in ("extract_time", "started_at", "finished_at"):
        values[name] = _aware(values[name])
    for name in ("reason", "encoding", "dialect"):
        values[name] = values[name] or ""
    return LoadRow(
        **{**values, "run_by": process_of(values["run_by"]), "published": bool(values["published"])}
    )


def _aware(time: datetime | None) -> datetime | None:
    return aware(time) if time else None


def remove_rows(connection: sa.Connection, schema: Schema, load_id: int) -> None:
    """Delete what the tables hold of the load, but for its row in `loads`, how its delivery differed, and what joined it.

    Broken off, it can be begun again. The connection must have no transaction open.
    """
    kept = (schema.loads, schema.published, schema.drift, schema.corrected_files)
    for table in schema.tables:
        if "load_id" in table.c and table not in kept:
            remove_all(connection, table, load_id)


def remove_all(connection: sa.Connection, table: sa.Table, owner: int) -> None:
    """Delete the rows of a table whose primary key begins with the number of their owner: a load, an export.

    As `remove_rows`, it can be broken off.
    """
    owned_by, order, *_ = table.primary_key.columns
    while _remove_some(connection, owned_by == owner, order):
        continue


def _remove_some(connection: sa.Connection, owned: sa.ColumnElement[bool], order: sa.Column[Any]) -> bool:
    """Delete the first rows by the primary key; whether there were any."""
    first = sa.select(order).where(owned).order_by(order).limit(AT_ONCE).subquery()
    with connection.begin():
        upto = connection.scalar(sa.select(sa.func.max(first.c[order.name])))
        if upto is not None:
            connection.execute(sa.delete(order.table).where(owned, order <= upto))
    return upto is not None
