"""Take the rows of a load out again, a few at a time, so that nobody has to wait long."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from leadingest.destinations.sql.schema import Schema

#: Rows deleted in one transaction.
AT_ONCE = 10_000


def remove_rows(connection: sa.Connection, schema: Schema, load_id: int) -> None:
    """Delete what the tables hold of the load, but for its row in `loads`, how its delivery differed, and what joined it.

    Broken off, it can be begun again. The connection must have no transaction open.
    """
    kept = (schema.loads, schema.published, schema.drift, schema.mended_files)
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
