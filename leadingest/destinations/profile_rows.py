"""The rows of `load_profiles`, as they were written."""

from __future__ import annotations

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.schema import Schema

_SHAPE = {"position": pl.Int32(), "header": pl.String(), "filled": pl.Int64(), "profile": pl.String()}


def profile_rows(connection: sa.Connection, schema: Schema, load_id: int) -> pl.DataFrame:
    """What is kept of the columns of a load, by position: header, filled, profile (JSON, or null)."""
    profiles = schema.profiles
    select = sa.select(*(profiles.c[name] for name in _SHAPE)).where(profiles.c.load_id == load_id)
    rows = connection.execute(select.order_by(profiles.c.position)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=_SHAPE, orient="row")
