"""Which load of a source the view shows: one row of `published_loads`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite

from leadingest.destinations.schema import Schema
from leadingest.destinations.times import now


def publish(connection: sa.Connection, schema: Schema, source: str, load_id: int) -> None:
    """Make the load the one that the view shows of its source."""
    published = schema.published
    key = {"source_name": source, "load_table": schema.leads.name}
    shown = {"load_id": load_id, "published_at": now()}
    # One statement: two sources that are published for the first time at once do not meet.
    if connection.dialect.name == "mysql":
        connection.execute(mysql.insert(published).values(key | shown).on_duplicate_key_update(shown))
    else:
        insert = sqlite.insert(published).values(key | shown)
        connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=shown))


def shown_load(schema: Schema, source: str) -> sa.ScalarSelect[int]:
    """The number of the load that the view shows of the source, as part of a query."""
    published = schema.published
    mine = (published.c.source_name == source, published.c.load_table == schema.leads.name)
    return sa.select(published.c.load_id).where(*mine).scalar_subquery()
