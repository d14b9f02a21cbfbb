"""Rows of leads as frames, a batch at a time, so that a load of any size takes the memory of a batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.schema import Schema

#: Rows of a frame.
BATCH = 20_000

#: Record numbers that one query asks for: fewer than SQLite takes (32,766, its documentation, "Limits"), and few
#: enough for MySQL to look each of them up.
AT_ONCE = 5_000

#: The columns of a load table that say where a lead comes from, and are no lead fields.
LINEAGE: dict[str, pl.DataType] = {
    "load_id": pl.Int64(),
    "source_record_number": pl.Int64(),
    "source_name": pl.String(),
    "source_filename": pl.String(),
    "source_extract_time": pl.Datetime(),
    "filled_fields": pl.Int64(),
    "lead_key": pl.String(),
    "name_hash": pl.Int64(),
    "updated_at": pl.Datetime(),
}


def lead_types(schema: Schema) -> dict[str, pl.DataType]:
    """The columns of the load table and of the view, in their order, with the types that frames have them in."""
    fields = {name: column.type.dtype for name, column in schema.description.columns.items()}
    return {column.name: (LINEAGE | fields)[column.name] for column in schema.leads.columns}


def only_types(schema: Schema, columns: Sequence[str]) -> dict[str, pl.DataType]:
    """These of the columns, in this order."""
    types = lead_types(schema)
    return {name: types[name] for name in columns}


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
    shape = only_types(schema, columns)
    number = leads.c.source_record_number
    select = sa.select(*(leads.c[name] for name in columns)).where(leads.c.load_id == load_id)
    if numbers is None:
        yield from frames(connection, select.order_by(number), shape)
        return
    in_order = sorted(numbers)
    for first in range(0, max(len(in_order), 1), AT_ONCE):
        some = number.in_(in_order[first : first + AT_ONCE])
        yield from frames(connection, select.where(some).order_by(number), shape)


def frames(
    connection: sa.Connection, select: sa.Select[Any], shape: Mapping[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    """What the query gives, a batch at a time, in columns of these names and types; at least one frame."""
    streaming = connection.execution_options(stream_results=True, yield_per=BATCH)
    with streaming.execute(select) as rows:
        yield _frame(rows.fetchmany(BATCH), shape)
        for batch in rows.partitions():
            yield _frame(batch, shape)


def _frame(rows: Sequence[sa.Row[Any]], shape: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in rows], schema=dict(shape), orient="row")
