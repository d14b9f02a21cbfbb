"""The leads in a SQL database, read a batch at a time: a load of any size takes the memory of a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.leads import (
    BEST_FIRST,
    HiddenLeads,
    LeadInFront,
    PublishedLeads,
    lead_types,
)
from leadingest.destinations.ledger import LoadRow
from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.load_rows import LoadRows
from leadingest.destinations.sql.schema import Schema
from leadingest.destinations.sql.view import is_shown_sql, key_is_shared_sql

#: Rows of a frame.
BATCH = 20_000

#: Record numbers that one query asks for: fewer than SQLite takes (32,766, its documentation, "Limits"), and few
#: enough for MySQL to look each of them up.
AT_ONCE = 5_000

#: Leads with others behind them that are named.
_NAMED = 3


class SqlLeads:
    """Asks the load table and the view."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema

    def types(self) -> dict[str, pl.DataType]:
        """The columns of the view."""
        return lead_types(self._schema.description)

    def rows(
        self, *, source: str | None = None, load_id: int | None = None, limit: int | None = None
    ) -> pl.DataFrame:
        """Published leads, or those of a load, by source and record number."""
        rows_of = self._schema.view if load_id is None else self._schema.leads
        # A hash says nothing to a reader.
        shape = {name: dtype for name, dtype in self.types().items() if name != "name_hash"}
        select = sa.select(*(rows_of.c[name] for name in shape))
        wanted = {"source_name": source, "load_id": load_id}
        select = select.where(
            *(rows_of.c[name] == value for name, value in wanted.items() if value is not None)
        )
        order = (rows_of.c.source_name, rows_of.c.source_record_number)
        with self._database.reading() as connection:
            rows = connection.execute(select.order_by(*order).limit(limit)).all()
        return _frame(rows, shape)

    def of_load(
        self, load_id: int, columns: Sequence[str], *, numbers: Sequence[int] | None = None
    ) -> Iterator[pl.DataFrame]:
        """Rows of a load, by record number."""
        with self._database.reading() as connection:
            yield from load_frames(connection, self._schema, load_id, columns, numbers)

    @contextmanager
    def published(self, sources: Collection[str] = ()) -> Iterator[PublishedLeads]:
        """What the view shows, as of one moment.

        A transaction sees what was there when it read first, and this one reads the loads first.
        """
        published, loads = self._schema.published, self._schema.loads
        shown = sa.select(published.c.load_id).where(published.c.load_table == self._schema.leads.name)
        named = [loads.c.source_name.in_(sources)] if sources else []
        with self._database.reading() as connection:
            rows = LoadRows(self._database, self._schema)
            found = rows.found_by(connection, loads.c.load_id.in_(shown), *named)
            by_source = sorted(found, key=lambda row: row.source_name)
            yield SqlPublishedLeads(connection, self._schema, tuple(by_source))

    def values(self, load_id: int, field: str) -> pl.Series:
        """Each value once, with the type of the load table; blanks are none."""
        leads, column = self._schema.leads, self._schema.leads.c[field]
        select = sa.select(column).distinct().where(leads.c.load_id == load_id, column.is_not(None))
        with self._database.reading() as connection:
            values = connection.scalars(select).all()
        return pl.Series(field, values, dtype=self._schema.description.columns[field].type.dtype)

    def filled_fields(self, load_ids: Collection[int]) -> dict[int, dict[str, int]]:
        """Of each load, by field, how many leads have a value. Reads every row of the loads once."""
        leads, fields = self._schema.leads, list(self._schema.description.columns)
        select = (
            sa.select(leads.c.load_id, *(sa.func.count(leads.c[name]) for name in fields))
            .where(leads.c.load_id.in_(load_ids))
            .group_by(leads.c.load_id)
        )
        with self._database.reading() as connection:
            counted = connection.execute(select).all()
        return {load_id: dict(zip(fields, counts, strict=True)) for load_id, *counts in counted}

    def shared_keys(self, load_id: int) -> pl.Series:
        """The keys that several leads of the load have without being one lead."""
        shared = self._schema.shared_keys.c
        with self._database.reading() as connection:
            found = connection.scalars(sa.select(shared.lead_key).where(shared.load_id == load_id)).all()
        return pl.Series("lead_key", found, dtype=pl.String)

    def hidden(self, load_id: int) -> HiddenLeads:
        """The hidden leads of a load that is published. It looks each lead of the load up in the table of keys, once."""
        with self._database.reading() as connection:
            most = connection.execute(_most_hidden(self._schema), {"load_id": load_id}).all()
            in_front = [
                connection.execute(_best(self._schema, group.lead_key, group.of_name)).one() for group in most
            ]
        if not most:
            return HiddenLeads()
        behind = (
            LeadInFront(str(source), int(record), int(group.hides))
            for (source, record), group in zip(in_front, most, strict=True)
        )
        return HiddenLeads(int(most[0].number), tuple(behind))


@dataclass(frozen=True)
class SqlPublishedLeads:
    """The published leads of some sources, or of all; what is published meanwhile is not seen."""

    connection: sa.Connection
    schema: Schema
    #: The published load of each source, sorted by source.
    loads: tuple[LoadRow, ...]

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """These columns of the leads as the view shows them, by source and record number; at least one frame."""
        view, shape = self.schema.view, _types(self.schema, columns)
        select = sa.select(*(view.c[name] for name in columns)).order_by(view.c.source_record_number)
        for load in self.loads:
            yield from frames(self.connection, select.where(view.c.source_name == load.source_name), shape)
        if not self.loads:
            yield pl.DataFrame(schema=shape)

    def shared_keys(self) -> pl.Series:
        """The keys under which leads, of whatever source, are one only if they have one name: see `Identity`."""
        shared, published = self.schema.shared_keys, self.schema.published
        select = sa.select(shared.c.lead_key).join(published, published.c.load_id == shared.c.load_id)
        found = self.connection.scalars(
            select.where(published.c.load_table == self.schema.leads.name).distinct()
        )
        return pl.Series("lead_key", found.all(), dtype=pl.String)


def _types(schema: Schema, columns: Sequence[str]) -> dict[str, pl.DataType]:
    """These of the columns, in this order."""
    types = lead_types(schema.description)
    return {name: types[name] for name in columns}


def load_frames(
    connection: sa.Connection,
    schema: Schema,
    load_id: int,
    columns: Sequence[str],
    numbers: Sequence[int] | None = None,
) -> Iterator[pl.DataFrame]:
    """These columns of the rows of a load, by record number; of the records with these numbers alone, if given.

    There is always a frame, be it an empty one.
    """
    leads = schema.leads
    shape = _types(schema, columns)
    number = leads.c.source_record_number
    select = sa.select(*(leads.c[name] for name in columns)).where(leads.c.load_id == load_id)
    if numbers is None:
        yield from frames(connection, select.order_by(number), shape)
        return
    in_order = sorted(numbers)
    for first in range(0, max(len(in_order), 1), AT_ONCE):
        some = number.in_(in_order[first : first + AT_ONCE])
        yield from frames(connection, select.where(some).order_by(number), shape)


def frames(
    connection: sa.Connection, select: sa.Select[Any], shape: Mapping[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    """What the query gives, a batch at a time, in columns of these names and types; at least one frame."""
    # For this query alone: what is set on a connection stays, and would hold for what is written through it.
    streaming = {"stream_results": True, "yield_per": BATCH}
    with connection.execute(select, execution_options=streaming) as rows:
        yield _frame(rows.fetchmany(BATCH), shape)
        for batch in rows.partitions():
            yield _frame(batch, shape)


def _frame(rows: Sequence[sa.Row[Any]], shape: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in rows], schema=dict(shape), orient="row")


@lru_cache(maxsize=16)
def _most_hidden(schema: Schema) -> sa.Select[str, int, int, int]:
    """The keys with most hidden leads of load `load_id`, how many each has, and how many there are in all."""
    key: sa.ColumnClause[str] = sa.column("lead_key")
    name: sa.ColumnClause[int] = sa.column("of_name")
    number = sa.func.sum(sa.func.count()).over().label("number")
    counts = (sa.func.count().label("hides"), number)
    grouped = sa.select(key, name, *counts).group_by(key, name)
    hidden = hidden_query(schema).subquery()
    return grouped.select_from(hidden).order_by(sa.desc("hides"), key).limit(_NAMED)


def hidden_query(schema: Schema) -> sa.TextualSelect:
    """The key of each hidden lead of load `load_id`, and its name where several leads share that key.

    Only those are read that have their key in common with another lead, as the index and the table of keys know by themselves.
    """
    quote, hints = schema.dialect.sql.identifier_preparer.quote, schema.dialect.hints
    leads, keys, loads = (quote(table.name) for table in (schema.leads, schema.keys, schema.loads))
    key, by_index = schema.key_column, hints.by_index.format(quote(str(schema.lead_key_index.name)))
    # The names are ours, and quoted; the last condition is that of the view. In a CASE, for servers take a bare NOT apart and
    # make joins of it, in an order of their own: MySQL 9 was seen to go through all leads for each.
    sql = f"""\
SELECT this.lead_key, CASE WHEN {key_is_shared_sql(schema)} THEN this.name_hash END AS of_name
FROM (
    SELECT DISTINCT compared.load_id, compared.source_record_number
    FROM {leads} AS compared {by_index}
    {hints.then_join} {keys} AS others ON others.{key} = compared.{key}
    WHERE compared.load_id = :load_id
    AND (others.several OR others.source_name <> (SELECT source_name FROM {loads} WHERE load_id = :load_id))
) AS contested
{hints.then_join} {leads} AS this
    ON this.load_id = contested.load_id AND this.source_record_number = contested.source_record_number
WHERE CASE WHEN {is_shown_sql(schema)} THEN 0 ELSE 1 END = 1"""  # noqa: S608
    return sa.text(sql).columns(sa.column("lead_key", sa.String), sa.column("of_name", sa.BigInteger))


def _best(schema: Schema, lead_key: str, of_name: int | None) -> sa.Select[Any]:
    """Source and record of the lead that is shown of those with the key, of those of a name if it is given."""
    leads, published = schema.leads, schema.published
    order = (leads.c[name].desc() if best == "highest" else leads.c[name] for name, best in BEST_FIRST)
    named = [] if of_name is None else [leads.c.name_hash == of_name]
    return (
        sa.select(leads.c.source_name, leads.c.source_record_number)
        .join(published, published.c.load_id == leads.c.load_id)
        .where(published.c.load_table == leads.name, schema.has_key(lead_key), *named)
        .order_by(*order)
        .limit(1)
    )
