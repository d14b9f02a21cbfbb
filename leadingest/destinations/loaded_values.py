"""The values that the leads of a load have in one field."""

from __future__ import annotations

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.schema import Schema


def loaded_values(connection: sa.Connection, schema: Schema, load_id: int, field: str) -> pl.Series:
    """Each value once, with the type of the load table; blanks are none."""
    column = schema.leads.c[field]
    select = sa.select(column).distinct().where(schema.leads.c.load_id == load_id, column.is_not(None))
    values = connection.scalars(select).all()
    return pl.Series(field, values, dtype=schema.description.columns[field].type.dtype)
