"""The view of published leads: one row per lead."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from leadingest.destinations.schema import Schema

#: Of the leads with the same lead_key the first by this order is shown; the last two make it the only one.
BEST_FIRST = (
    ("source_extract_time", "highest"),
    ("filled_fields", "highest"),
    ("source_name", "lowest"),
    ("source_record_number", "lowest"),
)


def view_select(schema: Schema) -> sa.Select[Any]:
    """The published leads; of those with the same lead_key the best.

    It is told by "there is no better one" and not by a window over all leads, so that an index on lead_key
    answers for a single lead.
    """
    lead, better = schema.leads.alias("this"), schema.leads.alias("better")
    shown, other = schema.published.alias("shown"), schema.published.alias("other")
    outdone: sa.Select[Any] = (
        sa.select(sa.literal_column("1"))
        .select_from(better.join(other, other.c.load_id == better.c.load_id))
        .where(better.c.lead_key == lead.c.lead_key, _comes_first(better, lead))
    )
    return (
        sa.select(*(lead.c[column.name] for column in schema.view.columns))
        .select_from(shown.join(lead, lead.c.load_id == shown.c.load_id))
        # Where all keys are null the servers take the index on them for useless, and read all for each lead.
        .where(sa.or_(lead.c.lead_key.is_(None), ~outdone.exists()))
    )


def _comes_first(one: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    def wins(name: str, best: str) -> sa.ColumnElement[bool]:
        return one.c[name] > other.c[name] if best == "highest" else one.c[name] < other.c[name]

    *ahead, last = BEST_FIRST
    decided = wins(*last)
    for name, best in reversed(ahead):
        decided = sa.or_(wins(name, best), sa.and_(one.c[name] == other.c[name], decided))
    return decided
