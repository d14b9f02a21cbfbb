"""`load_invalid_values`: cells of loaded records that could not be read."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, LongText, Number, key_text


def invalid_values_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "load_invalid_values",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=False),
        sa.Column("record_number", Number, primary_key=True, autoincrement=False),
        sa.Column("field", key_text(64), primary_key=True),
        sa.Column("header", LongText, nullable=False, comment="Where the value stood, separated by commas."),
        sa.Column("rule", key_text(64), nullable=False, comment="The word, type or check that refused it."),
        sa.Column("raw_value", LongText, comment="The cell as it came; of several cells, JSON."),
        comment="Cells of loaded records that could not be read: blank in the lead, kept here.",
        **TABLE_OPTIONS,
    )
