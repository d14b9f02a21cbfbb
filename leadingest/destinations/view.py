"""The view of published leads: one row per lead."""

from __future__ import annotations

import sqlalchemy as sa

from leadingest.destinations.schema import Schema


def view_select(schema: Schema) -> sa.Select[tuple[object, ...]]:
    """The published leads, of those with the same lead_key only the first.

    The order is: most recently extracted, most filled fields, source name, record number. "There is no
    better one" tells it, and not a window over all leads, so that an index on lead_key answers for one lead.
    """
    lead, better = schema.leads.alias("this"), schema.leads.alias("better")
    shown, other = schema.published.alias("shown"), schema.published.alias("other")
    outdone: sa.Select[tuple[object]] = (
        sa.select(sa.literal_column("1"))
        .select_from(better.join(other, other.c.load_id == better.c.load_id))
        .where(better.c.lead_key == lead.c.lead_key, _comes_first(better, lead))
    )
    return (
        sa.select(*(lead.c[column.name] for column in schema.view.columns))
        .select_from(shown.join(lead, lead.c.load_id == shown.c.load_id))
        .where(~outdone.exists())
    )


def _comes_first(one: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    order = (
        one.c.source_extract_time > other.c.source_extract_time,
        one.c.filled_fields > other.c.filled_fields,
        one.c.source_name < other.c.source_name,
        one.c.source_record_number < other.c.source_record_number,
    )
    same = ("source_extract_time", "filled_fields", "source_name")
    decided: sa.ColumnElement[bool] = order[-1]
    for first, name in zip(reversed(order[:-1]), reversed(same), strict=True):
        decided = sa.or_(first, sa.and_(one.c[name] == other.c[name], decided))
    return decided
