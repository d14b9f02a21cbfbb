"""How many leads of a load have a value in each field."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from leadingest.destinations.schema import Schema


def filled_fields(
    connection: sa.Connection, schema: Schema, load_ids: Collection[int]
) -> dict[int, dict[str, int]]:
    """Of each load the fields with the leads that have a value there; a load without leads is not in it.

    Reads every row of the loads once.
    """
    leads, fields = schema.leads, list(schema.description.columns)
    select = (
        sa.select(leads.c.load_id, *(sa.func.count(leads.c[name]) for name in fields))
        .where(leads.c.load_id.in_(load_ids))
        .group_by(leads.c.load_id)
    )
    return {
        load_id: dict(zip(fields, counts, strict=True)) for load_id, *counts in connection.execute(select)
    }
