"""The load table: one row per loaded record, all history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from leadingest.destinations.exact_decimal import ExactDecimal
from leadingest.destinations.schema.column_types import TABLE_OPTIONS, Number, Time, key_text
from leadingest.tables.column import Column
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.base import Storage

#: Of the leads with the same lead_key the view shows the first by this order; the last two make it the only one.
BEST_FIRST = (
    ("source_extract_time", "highest"),
    ("filled_fields", "highest"),
    ("source_name", "lowest"),
    ("source_record_number", "lowest"),
)

#: Columns that a few leads are found by, each group with an index. It begins with the load: the rows of a new load
#: come behind all others then, which costs less than half of what an index over all loads does, and a reader
#: pays for a look into each published load and not for the history.
LOOKED_UP_BY = (("phone",), ("state", "city"))


def lead_columns(table: LoadTable, *, key: bool) -> list[sa.Column[Any]]:
    """The columns of the load table, and of its view, which has no primary `key`."""
    return [
        sa.Column("load_id", Number, primary_key=key, autoincrement=False, comment="The load, see loads."),
        sa.Column(
            "source_record_number",
            Number,
            primary_key=key,
            autoincrement=False,
            comment="The record of the delivery, counted from 1 after the header.",
        ),
        sa.Column("source_name", key_text(64), nullable=False, comment="Who the list comes from."),
        sa.Column("source_filename", sa.String(255), nullable=False, comment="The delivered file."),
        sa.Column("source_extract_time", Time, nullable=False, comment="When the delivery was made, UTC."),
        *(_field(column) for column in table.columns.values()),
        sa.Column(
            "filled_fields", sa.SmallInteger, nullable=False, comment="How many lead fields have a value."
        ),
        sa.Column(
            "lead_key",
            key_text(table.identity.key_length),
            comment="Leads with the same key are one lead; without a key a lead is one of its own.",
        ),
        sa.Column(
            "name_hash",
            Number,
            comment="CRC-32 of the name, by which leads are told apart where several share a key.",
        ),
        sa.Column("updated_at", Time, nullable=False, comment="When the row was loaded, UTC."),
    ]


def leads_table(table: LoadTable, metadata: sa.MetaData) -> tuple[sa.Table, sa.Index]:
    """The load table and its index on lead_key, in which stands all that the view chooses by."""
    chosen_by = ("lead_key", *(name for name, _ in BEST_FIRST), "load_id", "name_hash")
    lead_key = sa.Index(f"ix_{table.name}_lead_key", *chosen_by)
    looked_up = [
        sa.Index("_".join(("ix", table.name, *names)), "load_id", *names)
        for names in LOOKED_UP_BY
        if set(names) <= table.columns.keys()
    ]
    columns = lead_columns(table, key=True)
    # Of 20 pages, the servers' default, they take a load for a few rows, as each page has rows of one load only.
    options = {**TABLE_OPTIONS, "mysql_stats_sample_pages": "200"}
    leads = sa.Table(table.name, metadata, *columns, lead_key, *looked_up, comment=table.about, **options)
    return leads, lead_key


def _field(column: Column) -> sa.Column[Any]:
    return sa.Column(
        column.name, _sql_type(column.type.storage), nullable=not column.required, comment=column.about
    )


def _sql_type(storage: Storage) -> Any:
    match storage.kind:
        case "text":
            return sa.String(storage.length or 255)
        case "integer":
            return sa.Integer()
        case "decimal":
            return ExactDecimal(storage.precision or 18, storage.scale or 0)
        case "boolean":
            return sa.Boolean()
        case "date":
            return sa.Date()
        case "datetime":
            return Time
