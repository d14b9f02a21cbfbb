"""`load_mended_files`: files of mended rejects that have joined a load."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, Number, Time, key_text


def mended_files_table(metadata: sa.MetaData) -> sa.Table:
    """The table, as part of `metadata`."""
    return sa.Table(
        "load_mended_files",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=False),
        sa.Column("file", sa.Integer, primary_key=True, autoincrement=False, comment="From 1."),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("file_size", Number, nullable=False, comment="Bytes."),
        sa.Column("file_sha256", key_text(64), nullable=False),
        sa.Column("records_loaded", Number, nullable=False, comment="Its records that became leads."),
        sa.Column(
            "records_filtered", Number, nullable=False, comment="Its records that were left out on purpose."
        ),
        sa.Column("joined_at", Time, nullable=False),
        sa.Column("program_version", sa.String(32), nullable=False),
        comment="Files of mended rejects that have joined a load.",
        **TABLE_OPTIONS,
    )
