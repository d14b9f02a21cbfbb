"""The invalid values of a load, counted by field and rule with some examples."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from leadingest.destinations.schema import Schema


@dataclass(frozen=True)
class InvalidValue:
    """A row of `load_invalid_values`, as it stands there."""

    record_number: int
    header: str
    raw_value: str


@dataclass(frozen=True)
class InvalidValueGroup:
    """The invalid values of a load with one field and rule."""

    field: str
    rule: str
    count: int
    #: The first of them.
    examples: tuple[InvalidValue, ...]


def invalid_value_groups(
    connection: sa.Connection, schema: Schema, load_id: int, *, examples: int
) -> list[InvalidValueGroup]:
    """The groups of the load, the largest first, each with so many examples at most."""
    values = schema.invalid_values.c
    key = (values.field, values.rule)
    of_load = values.load_id == load_id
    place = sa.func.row_number().over(partition_by=key, order_by=values.record_number).label("place")
    placed = sa.select(values.record_number, values.field, place).where(of_load).subquery()
    # What is long in a row is only fetched of the rows that are wanted.
    same = (values.record_number == placed.c.record_number, values.field == placed.c.field)
    wanted = (
        sa.select(*key, values.record_number, values.header, values.raw_value)
        .join(placed, sa.and_(*same))
        .where(of_load, placed.c.place <= examples)
        .order_by(values.record_number)
    )
    shown: dict[tuple[str, str], list[InvalidValue]] = {}
    for field, rule, number, header, raw in connection.execute(wanted):
        shown.setdefault((field, rule), []).append(InvalidValue(number, header, raw or ""))
    counts = connection.execute(sa.select(*key, sa.func.count()).where(of_load).group_by(*key))
    found = [
        InvalidValueGroup(field, rule, count, tuple(shown.get((field, rule), ())))
        for field, rule, count in counts
    ]
    return sorted(found, key=lambda group: (-group.count, group.field, group.rule))
