"""The tables of a database, made from the description of a load table: one file per table."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from leadingest.destinations.schema.drift import drift_table
from leadingest.destinations.schema.exported_leads import exported_leads_table
from leadingest.destinations.schema.exports import exports_table
from leadingest.destinations.schema.invalid_values import invalid_values_table
from leadingest.destinations.schema.leads import lead_columns, leads_table
from leadingest.destinations.schema.loads import loads_table
from leadingest.destinations.schema.mended_files import mended_files_table
from leadingest.destinations.schema.profiles import profiles_table
from leadingest.destinations.schema.published import published_table
from leadingest.destinations.schema.rejects import rejects_table
from leadingest.destinations.schema.shared_keys import shared_keys_table
from leadingest.tables.load_table import LoadTable


@dataclass(frozen=True)
class Schema:
    """The tables and the view around one load table."""

    description: LoadTable
    leads: sa.Table
    loads: sa.Table
    rejects: sa.Table
    invalid_values: sa.Table
    shared_keys: sa.Table
    profiles: sa.Table
    drift: sa.Table
    mended_files: sa.Table
    published: sa.Table
    exports: sa.Table
    exported_leads: sa.Table
    #: The columns of the view; it is made by `view_sql`, not by SQLAlchemy.
    view: sa.Table
    #: By which the view tells whether there is a better lead with the same key.
    lead_key_index: sa.Index
    #: By which it tells whether several leads share a key.
    shared_keys_index: sa.Index

    @property
    def by_load_indexes(self) -> tuple[str, ...]:
        """The names of the indexes of the load table that begin with the load, beside the primary key."""
        found = (index for index in self.leads.indexes if index.columns.keys()[0] == "load_id")
        return tuple(sorted(str(index.name) for index in found))

    @property
    def tables(self) -> tuple[sa.Table, ...]:
        """The tables, in the order in which they are made."""
        return tuple(self.leads.metadata.tables.values())


def schema_of(table: LoadTable) -> Schema:
    """The schema around the load table."""
    metadata = sa.MetaData()
    leads, lead_key_index = leads_table(table, metadata)
    loads, rejects, invalid_values = (
        loads_table(metadata),
        rejects_table(metadata),
        invalid_values_table(metadata),
    )
    shared_keys, shared_keys_index = shared_keys_table(metadata)
    return Schema(
        description=table,
        leads=leads,
        loads=loads,
        rejects=rejects,
        invalid_values=invalid_values,
        shared_keys=shared_keys,
        profiles=profiles_table(metadata),
        drift=drift_table(metadata),
        mended_files=mended_files_table(metadata),
        published=published_table(metadata),
        exports=exports_table(metadata),
        exported_leads=exported_leads_table(metadata),
        view=sa.Table(f"vw_{table.name}", sa.MetaData(), *lead_columns(table, key=False)),
        lead_key_index=lead_key_index,
        shared_keys_index=shared_keys_index,
    )
