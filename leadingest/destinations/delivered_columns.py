"""The columns of a delivery, as its load has kept them in `load_profiles`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from leadingest.destinations.schema import Schema


@dataclass(frozen=True)
class DeliveredColumn:
    """A column of a delivery: its header, and how many records have something in it."""

    header: str
    filled: int


def delivered_columns(
    connection: sa.Connection, schema: Schema, load_ids: Collection[int]
) -> dict[int, tuple[DeliveredColumn, ...]]:
    """Of each load the columns of its delivery, from left to right."""
    profiles = schema.profiles.c
    select = (
        sa.select(profiles.load_id, profiles.header, profiles.filled)
        .where(profiles.load_id.in_(load_ids), profiles.position > 0)
        .order_by(profiles.load_id, profiles.position)
    )
    found: dict[int, list[DeliveredColumn]] = {}
    for load_id, header, filled in connection.execute(select):
        found.setdefault(load_id, []).append(DeliveredColumn(header, filled))
    return {load_id: tuple(columns) for load_id, columns in found.items()}
