"""`load_profiles`: columns of deliveries."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, LongText, Number


def profiles_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "load_profiles",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=False),
        sa.Column(
            "position",
            sa.Integer,
            primary_key=True,
            autoincrement=False,
            comment="From 1; 0: the delivery as a whole.",
        ),
        sa.Column("header", LongText, nullable=False),
        sa.Column("filled", Number, nullable=False, comment="Records with something in this column."),
        sa.Column("profile", LongText, comment="More that is known of the column: JSON."),
        comment="Columns of deliveries.",
        **TABLE_OPTIONS,
    )
