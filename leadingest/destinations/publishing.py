"""Which load of a source the view shows: one row of `published_loads`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite

from leadingest.destinations.schema import Schema
from leadingest.destinations.times import now

#: What `published_loads` has of a source none of whose loads was ever published; loads are numbered from 1.
_NONE = 0


def lock_source(connection: sa.Connection, schema: Schema, source: str) -> int:
    """Be the only one who changes loads of the source that are done, until the transaction ends; the published load.

    Whoever publishes, prunes or replays begins with this, and relies on no level of isolation: the row of the source
    in `published_loads`, made where there is none, is in one hand, and what is read afterwards is as the one
    before has left it. Nothing may be read before. 0 where no load is published.
    """
    published = schema.published
    key = {"source_name": source, "load_table": schema.leads.name}
    row = key | {"load_id": _NONE, "published_at": now()}
    # One statement: two sources that are locked for the first time at once do not meet.
    if connection.dialect.name == "mysql":
        same = {"load_id": published.c.load_id}
        connection.execute(mysql.insert(published).values(row).on_duplicate_key_update(same))
    else:
        connection.execute(sqlite.insert(published).values(row).on_conflict_do_nothing())
    return connection.scalar(sa.select(shown_load(schema, source))) or _NONE


def publish(connection: sa.Connection, schema: Schema, source: str, load_id: int) -> None:
    """Make the load the one that the view shows of its source, which is locked."""
    published = schema.published
    mine = (published.c.source_name == source, published.c.load_table == schema.leads.name)
    connection.execute(published.update().where(*mine).values(load_id=load_id, published_at=now()))


def shown_load(schema: Schema, source: str) -> sa.ScalarSelect[int]:
    """The number of the load that the view shows of the source, as part of a query."""
    published = schema.published
    mine = (published.c.source_name == source, published.c.load_table == schema.leads.name)
    return sa.select(published.c.load_id).where(*mine).scalar_subquery()
