"""`load_drift`: how deliveries differed from what was expected."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, LongText, Number, key_text


def drift_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "load_drift",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=False),
        sa.Column("finding", sa.Integer, primary_key=True, autoincrement=False, comment="From 1."),
        sa.Column("code", key_text(8), nullable=False, comment="The kind of drift: DR102."),
        sa.Column("name", key_text(64), nullable=False, comment="The same in words: renamed_column."),
        sa.Column("class", key_text(16), nullable=False, comment="breaking, lossy or safe."),
        sa.Column("header", LongText, nullable=False, comment="The column; empty where it is the delivery."),
        sa.Column("expected", LongText, nullable=False),
        sa.Column("found", LongText, nullable=False),
        sa.Column("advice", LongText, nullable=False, comment="What to do."),
        comment="How deliveries differed from their mapping and from the load published then.",
        **TABLE_OPTIONS,
    )
