"""`loads`: one row per load."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, Number, Time, count_column, key_text


def loads_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "loads",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=True),
        sa.Column("source_name", key_text(64), nullable=False),
        sa.Column("load_table", key_text(64), nullable=False),
        sa.Column(
            "status", key_text(16), nullable=False, comment="running, loaded, held, failed, pruning or pruned"
        ),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("file_size", Number, nullable=False, comment="Bytes."),
        sa.Column("file_sha256", key_text(64), nullable=False),
        sa.Column(
            "mapping_hash", key_text(64), nullable=False, comment="SHA-256 of what decided how it was loaded."
        ),
        sa.Column("encoding", sa.String(32), comment="The encoding that the delivery was read in."),
        sa.Column(
            "dialect", sa.String(100), comment="How cells were told apart: JSON of delimiter, quote, escape."
        ),
        count_column("records_read", "Records in the delivery: loaded + rejected + filtered."),
        count_column("records_loaded", "Rows in the load table."),
        count_column("records_rejected", "Rows in load_rejects."),
        count_column("records_filtered", "Records left out on purpose."),
        count_column("invalid_values", "Rows in load_invalid_values."),
        sa.Column("extract_time", Time, nullable=False, comment="When the delivery was made, UTC."),
        sa.Column("started_at", Time, nullable=False),
        sa.Column("finished_at", Time),
        sa.Column("reason", sa.Text(), comment="Why the load failed or is held."),
        sa.Column(
            "run_by", sa.String(160), nullable=False, server_default="", comment="The process that runs it."
        ),
        sa.Column("program_version", sa.String(32), nullable=False),
        sa.Index("ix_loads_source_name", "source_name", "load_id"),
        comment="One row per load.",
        sqlite_autoincrement=True,
        **TABLE_OPTIONS,
    )
