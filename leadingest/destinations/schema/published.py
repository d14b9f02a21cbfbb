"""`published_loads`: the load of each source that the view shows."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, Number, Time, key_text


def published_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "published_loads",
        metadata,
        sa.Column("source_name", key_text(64), primary_key=True),
        sa.Column("load_table", key_text(64), primary_key=True),
        sa.Column("load_id", Number, nullable=False, comment="0 where none was published yet."),
        sa.Column("published_at", Time, nullable=False),
        # All that the view asks for: the loads of its table, and whether a load is one of them.
        sa.Index("ix_published_loads_load_id", "load_table", "load_id", "source_name"),
        comment="The load of each source that the view shows.",
        **TABLE_OPTIONS,
    )
