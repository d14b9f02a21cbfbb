"""What the view shows, as of one moment, however long it takes to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.lead_frames import frames, only_types
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.load_rows import LoadRows
from leadingest.destinations.schema import Schema
from leadingest.destinations.shared_keys import published_shared_keys


@dataclass(frozen=True)
class PublishedLeads:
    """The published leads of some sources, or of all; what is published meanwhile is not seen."""

    connection: sa.Connection
    schema: Schema
    #: The published load of each source, sorted by source.
    loads: tuple[LoadRow, ...]

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """These columns of the leads as the view shows them, by source and record number; at least one frame."""
        view, shape = self.schema.view, only_types(self.schema, columns)
        select = sa.select(*(view.c[name] for name in columns)).order_by(view.c.source_record_number)
        for load in self.loads:
            yield from frames(self.connection, select.where(view.c.source_name == load.source_name), shape)
        if not self.loads:
            yield pl.DataFrame(schema=shape)

    def shared_keys(self) -> pl.Series:
        """The keys under which leads, of whatever source, are one only if they have one name: see `Identity`."""
        return published_shared_keys(self.connection, self.schema)


def published_leads(
    connection: sa.Connection, schema: Schema, rows: LoadRows, sources: Collection[str]
) -> PublishedLeads:
    """What the view shows of these sources, of all where none is named.

    Both kinds of database let a transaction see what was there when it read first, and this one reads the loads first.
    """
    published = schema.published
    shown = sa.select(published.c.load_id).where(published.c.load_table == schema.leads.name)
    named = [schema.loads.c.source_name.in_(sources)] if sources else []
    found = rows.found_by(connection, schema.loads.c.load_id.in_(shown), *named)
    return PublishedLeads(connection, schema, tuple(sorted(found, key=lambda row: row.source_name)))
