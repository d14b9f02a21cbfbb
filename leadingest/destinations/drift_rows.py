"""The rows of `load_drift`: written with a load, read for a source."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from leadingest.destinations.ledger import DriftNote, DriftRow
from leadingest.destinations.schema import Schema
from leadingest.destinations.times import aware


def write_drift(connection: sa.Connection, schema: Schema, load_id: int, notes: Sequence[DriftNote]) -> None:
    """Keep how the delivery of the load differed."""
    rows = [
        {
            "load_id": load_id,
            "finding": number,
            "code": note.code,
            "name": note.name,
            "class": note.kind_class,
            "header": note.header,
            "expected": note.expected,
            "found": note.found,
            "advice": note.advice,
        }
        for number, note in enumerate(notes, start=1)
    ]
    if rows:
        connection.execute(schema.drift.insert(), rows)


def drift_rows(
    connection: sa.Connection, schema: Schema, *, source: str | None, load_id: int | None, limit: int
) -> list[DriftRow]:
    """What the newest `limit` loads that drifted differed in, newest first, each in the order of its findings."""
    drift, loads = schema.drift, schema.loads
    mine = [loads.c.load_table == schema.leads.name]
    mine += [loads.c.source_name == source] if source else []
    mine += [loads.c.load_id == load_id] if load_id else []
    drifted = sa.select(drift.c.load_id).where(drift.c.load_id == loads.c.load_id).exists()
    newest = sa.select(loads).where(*mine, drifted).order_by(loads.c.load_id.desc()).limit(limit).subquery()
    told = (newest.c[name] for name in ("source_name", "file_name", "status", "started_at", "extract_time"))
    select = sa.select(drift, *told).join(newest, newest.c.load_id == drift.c.load_id)
    found = connection.execute(select.order_by(drift.c.load_id.desc(), drift.c.finding)).mappings()
    return [_drift_row(row) for row in found]


def _drift_row(row: sa.RowMapping) -> DriftRow:
    values = {name: row[name] for name in row if name not in ("class", "finding")}
    for name in ("started_at", "extract_time"):
        values[name] = aware(values[name])
    return DriftRow(**values, kind_class=row["class"])
