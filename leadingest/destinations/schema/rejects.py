"""`load_rejects`: records that could not become leads."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, LongText, Number, key_text


def rejects_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "load_rejects",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=False),
        sa.Column("record_number", Number, primary_key=True, autoincrement=False),
        sa.Column("line_number", Number, comment="Line of the file, or row of the sheet, where it begins."),
        sa.Column("field", sa.String(64), comment="The lead field; none if the record could not be read."),
        sa.Column(
            "rule",
            key_text(64),
            nullable=False,
            comment="The word, type or check that refused it, or the reason why it could not be read.",
        ),
        sa.Column("message", LongText, nullable=False),
        sa.Column(
            "raw_record",
            LongText,
            comment="The record as it came: JSON, header to cell; its text if it could not be read.",
        ),
        comment="Records that could not become leads.",
        **TABLE_OPTIONS,
    )
