"""Which files of mended rejects have joined a load."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest import __version__
from leadingest.destinations.ledger import MendedFileRow, NewMendedFile, kept_name
from leadingest.destinations.schema import Schema
from leadingest.destinations.times import aware, now


def mended_files(connection: sa.Connection, schema: Schema, load_id: int) -> list[MendedFileRow]:
    """Those of a load, the first one first."""
    table = schema.mended_files
    rows = connection.execute(sa.select(table).where(table.c.load_id == load_id).order_by(table.c.file))
    return [
        MendedFileRow(
            row.file_name,
            row.file_size,
            row.file_sha256,
            aware(row.joined_at),
            row.records_loaded,
            row.records_filtered,
        )
        for row in rows
    ]


def keep_mended(
    connection: sa.Connection,
    schema: Schema,
    load_id: int,
    file: NewMendedFile,
    *,
    loaded: int,
    filtered: int,
) -> None:
    """Note in the transaction of the replay, which has the source locked, that the file joins the load."""
    known = len(mended_files(connection, schema, load_id))
    connection.execute(
        schema.mended_files.insert().values(
            load_id=load_id,
            file=known + 1,
            file_name=kept_name(file.file_name),
            file_size=file.file_size,
            file_sha256=file.file_sha256,
            records_loaded=loaded,
            records_filtered=filtered,
            joined_at=now(),
            program_version=__version__,
        )
    )
