"""Rows of leads as frames, a batch at a time, so that a load of any size takes the memory of a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.schema import Schema

#: Rows of a frame.
BATCH = 20_000

#: Record numbers that one query asks for: fewer than SQLite takes (32,766, its documentation, "Limits"), and few
#: enough for MySQL to look each of them up.
AT_ONCE = 5_000

_LINEAGE: dict[str, pl.DataType] = {
    "load_id": pl.Int64(),
    "source_record_number": pl.Int64(),
    "source_name": pl.String(),
    "source_filename": pl.String(),
    "source_extract_time": pl.Datetime(),
    "filled_fields": pl.Int64(),
    "lead_key": pl.String(),
    "updated_at": pl.Datetime(),
}


def lead_types(schema: Schema) -> dict[str, pl.DataType]:
    """The columns of the load table and of the view, in their order, with the types that frames have them in."""
    fields = {name: column.type.dtype for name, column in schema.description.columns.items()}
    return {column.name: (_LINEAGE | fields)[column.name] for column in schema.leads.columns}


def load_frames(
    connection: sa.Connection,
    schema: Schema,
    load_id: int,
    columns: Sequence[str],
    numbers: Sequence[int] | None = None,
) -> Iterator[pl.DataFrame]:
    """These columns of the rows of a load, by record number; of the records with these numbers alone, if given.

    There is always a frame, be it an empty one.
    """
    leads = schema.leads
    number = leads.c.source_record_number
    select = sa.select(*(leads.c[name] for name in columns)).where(leads.c.load_id == load_id)
    if numbers is None:
        yield from _frames(connection, select.order_by(number), schema, columns)
        return
    in_order = sorted(numbers)
    for first in range(0, max(len(in_order), 1), AT_ONCE):
        some = number.in_(in_order[first : first + AT_ONCE])
        yield from _frames(connection, select.where(some).order_by(number), schema, columns)


def view_frames(
    connection: sa.Connection, schema: Schema, columns: Sequence[str], *, source: str | None = None
) -> Iterator[pl.DataFrame]:
    """These columns of the published leads as the view shows them, of one source or of all."""
    view = schema.view
    select = sa.select(*(view.c[name] for name in columns))
    if source is not None:
        select = select.where(view.c.source_name == source)
    yield from _frames(connection, select, schema, columns)


def _frames(
    connection: sa.Connection, select: sa.Select[Any], schema: Schema, columns: Sequence[str]
) -> Iterator[pl.DataFrame]:
    types = lead_types(schema)
    shape = {name: types[name] for name in columns}
    streaming = connection.execution_options(stream_results=True, yield_per=BATCH)
    with streaming.execute(select) as rows:
        yield pl.DataFrame([tuple(row) for row in rows.fetchmany(BATCH)], schema=shape, orient="row")
        for batch in rows.partitions():
            yield pl.DataFrame([tuple(row) for row in batch], schema=shape, orient="row")
