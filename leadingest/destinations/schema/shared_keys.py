"""`load_shared_keys`: keys that several leads of a load share without being one."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema.column_types import TABLE_OPTIONS, Number, key_text
from leadingest.tables.identity import LONGEST_KEY


def shared_keys_table(metadata: sa.MetaData) -> tuple[sa.Table, sa.Index]:
    """The table, as part of `metadata`, and its index by which the view looks a key up."""
    by_key = sa.Index("ix_load_shared_keys_lead_key", "lead_key", "load_id")
    table = sa.Table(
        "load_shared_keys",
        metadata,
        sa.Column("load_id", Number, primary_key=True, autoincrement=False),
        sa.Column("lead_key", key_text(LONGEST_KEY), primary_key=True, comment="See the load table."),
        by_key,
        comment="Keys under which a load has leads with other names and other numbers: under these keys only leads "
        "of one name are one lead.",
        **TABLE_OPTIONS,
    )
    return table, by_key
