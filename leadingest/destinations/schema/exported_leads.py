"""`exported_leads`: the leads of each export."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, Number, key_text


def exported_leads_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "exported_leads",
        metadata,
        sa.Column("export_id", Number, primary_key=True, autoincrement=False),
        sa.Column("lead_digest", key_text(32), primary_key=True, comment="Of what the lead is known by."),
        sa.Column(
            "content_digest",
            key_text(32),
            nullable=False,
            comment="Of what was handed out of it; empty: it was gone.",
        ),
        comment="The leads of each export: those that were handed out, and those gone.",
        **TABLE_OPTIONS,
    )
