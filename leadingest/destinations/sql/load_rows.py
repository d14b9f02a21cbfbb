"""The rows of `loads` and of `published_loads`: asked, locked and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

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
#: What a statement is given, by name.
_SOURCE: Final = sa.bindparam("source", type_=sa.String())
_SHA256: Final = sa.bindparam("sha256", type_=sa.String())


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
        return _rows(connection, _loads(self._schema, *conditions, limit=limit))

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
        return self._newest(_published(self._schema), source=source)

    def newest(self, source: str) -> LoadRow | None:
        """The newest load of the source that came to its end, held or not, and whose rows are there."""
        ended = self._loads.c.status.in_(["loaded", "held"])
        return next(iter(self.found(self._loads.c.source_name == source, ended, limit=1)), None)

    def unfinished(self, source: str) -> list[LoadRow]:
        """The loads of the source that somebody is at, or was when the process ended."""
        with self._database.reading() as connection:
            return _rows(connection, _unfinished(self._schema), source=source)

    def loaded_before(self, source: str, *, sha256: str, mapping_hash: str) -> LoadRow | None:
        """The newest load, finished or held, of the same bytes under the same mapping."""
        question = _loaded_before(self._schema)
        return self._newest(question, source=source, sha256=sha256, mapping_hash=mapping_hash)

    def sent_before(self, source: str, sha256: str) -> LoadRow | None:
        """The newest load of the same bytes that was published once, under whatever mapping."""
        return self._newest(_sent_before(self._schema), source=source, sha256=sha256)

    def _newest(self, question: sa.Select[Any], **values: str) -> LoadRow | None:
        with self._database.reading() as connection:
            return next(iter(_rows(connection, question, **values)), None)


def _rows(connection: sa.Connection, question: sa.Select[Any], **values: str) -> list[LoadRow]:
    return [_load_row(row) for row in connection.execute(question, values).mappings()]


def _loads(schema: Schema, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> sa.Select[Any]:
    """The loads that meet the conditions, newest first, each with whether it is published."""
    loads, published = schema.loads, schema.published
    shown = sa.select(published.c.load_id).where(published.c.load_id == loads.c.load_id).exists()
    select = sa.select(loads, shown.label("published")).where(
        loads.c.load_table == schema.leads.name, *conditions
    )
    return select.order_by(loads.c.load_id.desc()).limit(limit)


# What every run asks is put into words once: SQLAlchemy takes longer for that than a database for the answer.


@lru_cache(maxsize=16)
def _published(schema: Schema) -> sa.Select[Any]:
    shown = _shown_load(schema).scalar_subquery()
    return _loads(schema, schema.loads.c.load_id == shown, limit=1)


@lru_cache(maxsize=16)
def _unfinished(schema: Schema) -> sa.Select[Any]:
    loads = schema.loads.c
    return _loads(schema, loads.source_name == _SOURCE, loads.status == "running")


@lru_cache(maxsize=16)
def _loaded_before(schema: Schema) -> sa.Select[Any]:
    loads = schema.loads.c
    same = (
        loads.source_name == _SOURCE,
        loads.file_sha256 == _SHA256,
        loads.mapping_hash == sa.bindparam("mapping_hash"),
        loads.status.in_(["loaded", "held"]),
    )
    return _loads(schema, *same, limit=1)


@lru_cache(maxsize=16)
def _sent_before(schema: Schema) -> sa.Select[Any]:
    loads = schema.loads.c
    finished = loads.status.in_(["loaded", "pruning", "pruned"])
    return _loads(schema, loads.source_name == _SOURCE, loads.file_sha256 == _SHA256, finished, limit=1)


@lru_cache(maxsize=16)
def _shown_load(schema: Schema) -> sa.Select[tuple[int]]:
    """The number of the load that the view shows of the source."""
    published = schema.published
    return sa.select(published.c.load_id).where(*_of_source(published, schema))


def _of_source(published: sa.Table, schema: Schema) -> tuple[sa.ColumnElement[bool], ...]:
    return published.c.source_name == _SOURCE, published.c.load_table == schema.leads.name


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
    return connection.scalar(_shown_load(schema), {_SOURCE.key: source}) or _NONE


def publish(connection: sa.Connection, schema: Schema, source: str, load_id: int) -> None:
    """Make the load the one that the view shows of its source, which is locked."""
    values = {_SOURCE.key: source, "shown": load_id, "since": now()}
    connection.execute(_publishing(schema), values)


@lru_cache(maxsize=16)
def _publishing(schema: Schema) -> sa.Update:
    published = schema.published
    change = published.update().where(*_of_source(published, schema))
    return change.values(load_id=sa.bindparam("shown"), published_at=sa.bindparam("since"))


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
