"""`exports`: what was handed out under a name."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, LongText, Number, Time, key_text


def exports_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "exports",
        metadata,
        sa.Column("export_id", Number, primary_key=True, autoincrement=True),
        sa.Column(
            "export_name", key_text(64), nullable=False, comment="What the export is called by its user."
        ),
        sa.Column("load_table", key_text(64), nullable=False),
        sa.Column("status", key_text(16), nullable=False, comment="running, done or failed"),
        sa.Column(
            "begins_anew", sa.Boolean, nullable=False, comment="Whether those before it count no more."
        ),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("file_sha256", key_text(64), nullable=False),
        sa.Column("file_columns", LongText, nullable=False, comment="The columns of the file: JSON."),
        sa.Column("chosen_by", LongText, nullable=False, comment="Which leads were asked for: JSON."),
        sa.Column("loads", LongText, nullable=False, comment="The published load of each source: JSON."),
        sa.Column("leads_new", Number, nullable=False),
        sa.Column("leads_changed", Number, nullable=False),
        sa.Column("leads_reappeared", Number, nullable=False),
        sa.Column(
            "leads_known", Number, nullable=False, comment="Not in the file: handed out before as they are."
        ),
        sa.Column(
            "leads_gone", Number, nullable=False, comment="There at the last export, and not any more."
        ),
        sa.Column("exported_at", Time, nullable=False),
        sa.Column("program_version", sa.String(32), nullable=False),
        sa.Index("ix_exports_export_name", "export_name", "load_table", "export_id"),
        comment="What was handed out under a name.",
        sqlite_autoincrement=True,
        **TABLE_OPTIONS,
    )
