"""Which leads of a published load the view does not show, and what it shows in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from leadingest.destinations.schema import Schema
from leadingest.destinations.schema.leads import BEST_FIRST
from leadingest.destinations.view import is_shown_sql

#: Leads with others behind them that are named.
_NAMED = 3


@dataclass(frozen=True)
class LeadInFront:
    """A lead that is shown, and how many leads of the load stand behind it."""

    source_name: str
    source_record_number: int
    hides: int


@dataclass(frozen=True)
class HiddenLeads:
    """How many leads of a load the view does not show, and the leads in front of most of them."""

    number: int = 0
    behind: tuple[LeadInFront, ...] = ()


def hidden_leads(connection: sa.Connection, schema: Schema, load_id: int) -> HiddenLeads:
    """The hidden leads of a load that is published. It looks each lead of the load up in the index of keys, once."""
    key: sa.ColumnClause[str] = sa.column("lead_key")
    name: sa.ColumnClause[int] = sa.column("of_name")
    hidden = _hidden(schema, connection.dialect).subquery()
    grouped = (
        sa.select(
            key, name, sa.func.count().label("hides"), sa.func.sum(sa.func.count()).over().label("number")
        )
        .select_from(hidden)
        .group_by(key, name)
        .order_by(sa.desc("hides"), key)
        .limit(_NAMED)
    )
    most = connection.execute(grouped, {"load_id": load_id}).all()
    if not most:
        return HiddenLeads()
    in_front = (connection.execute(_best(schema, group.lead_key, group.of_name)).one() for group in most)
    behind = (
        LeadInFront(str(source), int(record), int(group.hides))
        for (source, record), group in zip(in_front, most, strict=True)
    )
    return HiddenLeads(int(most[0].number), tuple(behind))


def _hidden(schema: Schema, dialect: sa.Dialect) -> sa.TextualSelect:
    """The key of each hidden lead of load `load_id`, and its name where several leads share that key."""
    leads, shared, published = (
        dialect.identifier_preparer.quote(table.name)
        for table in (schema.leads, schema.shared_keys, schema.published)
    )
    # The names are ours, and quoted; the condition is that of the view.
    sql = f"""\
SELECT this.lead_key, CASE WHEN EXISTS (
    SELECT 1 FROM {shared} AS shared JOIN {published} AS shown ON shown.load_id = shared.load_id
    WHERE shared.lead_key = this.lead_key
) THEN this.name_hash END AS of_name
FROM {leads} AS this
WHERE this.load_id = :load_id AND NOT {is_shown_sql(schema, dialect)}"""  # noqa: S608
    return sa.text(sql).columns(sa.column("lead_key", sa.String), sa.column("of_name", sa.BigInteger))


def _best(schema: Schema, lead_key: str, of_name: int | None) -> sa.Select[Any]:
    """Source and record of the lead that is shown of those with the key, of those of a name if it is given."""
    leads, published = schema.leads, schema.published
    order = (leads.c[name].desc() if best == "highest" else leads.c[name] for name, best in BEST_FIRST)
    named = [] if of_name is None else [leads.c.name_hash == of_name]
    return (
        sa.select(leads.c.source_name, leads.c.source_record_number)
        .join(published, published.c.load_id == leads.c.load_id)
        .where(published.c.load_table == leads.name, leads.c.lead_key == lead_key, *named)
        .order_by(*order)
        .limit(1)
    )
