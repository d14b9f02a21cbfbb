"""Which lead keys have several leads, so that the view has to choose: found by hashes of the keys that each source has had.

Most keys have one lead in all the history. The table of keys has none of those, so that it is small, and a load writes next to
nothing into it. What a load is compared with is a row of hashes for each source, written one behind the other: an
index of all keys would take each load's at random places, and a database in a file writes whole pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from zlib import crc32

import polars as pl
import sqlalchemy as sa

from leadingest.destinations.sql.database import Database
from leadingest.destinations.sql.leads import AT_ONCE, load_frames
from leadingest.destinations.sql.schema import Schema
from leadingest.tables.rows_by_key import RowsByKey

_LEADS: Final = {"hash": pl.UInt32(), "source_record_number": pl.Int64()}
_OTHERS: Final = {"hash": pl.UInt32(), "source_name": pl.String()}
#: Bytes of a hash.
_BYTES: Final = 4
#: Hashes of a row: what a BLOB of MySQL takes is 65,535 bytes.
_PART: Final = 16_000
#: Rows of hashes in memory: 16 MB.
_ROWS: Final = 256


class LoadKeys:
    """Gathers the keys of the leads of one load as hashes, in memory that does not grow with it.

    Two keys with one hash are compared as if they were one, which costs a look; the view compares the keys themselves.
    """

    def __init__(self) -> None:
        self._leads = RowsByKey(["hash"])
        self._leads.add(pl.DataFrame(schema=_LEADS))

    def add(self, leads: pl.DataFrame) -> None:
        """Look at some leads of the load: their `lead_key` and `source_record_number`."""
        keyed = leads.select("lead_key", "source_record_number").drop_nulls("lead_key")
        hashes = list(map(crc32, keyed["lead_key"].cast(pl.Binary).to_list()))
        numbers = keyed["source_record_number"]
        self._leads.add(pl.DataFrame({"hash": hashes, "source_record_number": numbers}, _LEADS))

    def parts(self) -> Iterator[pl.DataFrame]:
        """The `hash` and the `source_record_number` of each lead that has a key, those of one hash in one part.

        They can be gone through once. There is a part, even where there is no lead.
        """
        yield from (part.collect() for part in self._leads.parts())


def keys_of_load(connection: sa.Connection, schema: Schema, load_id: int) -> LoadKeys:
    """The keys of a load as they stand in the load table."""
    keys = LoadKeys()
    for leads in load_frames(connection, schema, load_id, ("lead_key", "source_record_number")):
        keys.add(leads)
    return keys


def remember_keys(
    connection: sa.Connection, schema: Schema, load_id: int, source: str, keys: LoadKeys
) -> None:
    """Keep the keys of the load, and which of them have other leads: to be committed before it is published.

    The source must be claimed. Until the transaction ends nobody else keeps any: of two who do, one sees the keys of the other.
    """
    _lock(connection, schema)
    for leads in keys.parts():
        _keep(connection, schema, load_id, source, leads["hash"].unique())
        others = _others(connection, schema, source, leads["hash"].unique())
        twins = leads.filter(pl.col("hash").is_duplicated())
        _contest(connection, schema, load_id, source, twins, several=True)
        had_by_others = leads.join(others, on="hash", how="semi")
        _contest(connection, schema, load_id, source, had_by_others, several=False)
        for (other,), shared in others.group_by("source_name"):
            theirs = leads.join(shared, on="hash", how="semi")
            _contest(connection, schema, load_id, str(other), theirs, several=False)


def remember_earlier(database: Database, schema: Schema) -> None:
    """Keep the keys of loads that an earlier version has made, which kept no hashes."""
    loads, hashes = schema.loads, schema.key_hashes
    kept = sa.select(hashes.c.part).where(
        hashes.c.source_name == loads.c.source_name, hashes.c.first_load_id == loads.c.load_id
    )
    lacking = sa.select(loads.c.load_id, loads.c.source_name).where(
        loads.c.load_table == schema.leads.name, loads.c.status.in_(["loaded", "held"]), ~kept.exists()
    )
    with database.reading() as connection:
        found = connection.execute(lacking.order_by(loads.c.load_id)).all()
    for load_id, source in found:
        with database.replacing() as connection, connection.begin():
            keys = keys_of_load(connection, schema, load_id)
            remember_keys(connection, schema, load_id, source, keys)


class KeysOfSource:
    """The keys that the loads of a source have which are there: four bytes of each that differs.

    The source must be claimed for as long as it is used: nobody adds leads to it.
    """

    def __init__(self, connection: sa.Connection, schema: Schema, source: str) -> None:
        """Read them, which takes a while of a long history, and locks nothing."""
        self._schema, self._source = schema, source
        loads = schema.loads
        self._there = (
            loads.c.source_name == source,
            loads.c.load_table == schema.leads.name,
            loads.c.status.not_in(["failed", "pruned"]),
        )
        ids = sa.select(loads.c.load_id).where(*self._there).order_by(loads.c.load_id)
        #: Of each load those that no load before it has.
        self._new: list[tuple[int, pl.DataFrame]] = []
        for load_id in connection.scalars(ids).all():
            for leads in keys_of_load(connection, schema, load_id).parts():
                new = leads.select("hash").unique()
                for _, earlier in self._new:
                    new = new.join(earlier, on="hash", how="anti")
                self._new.append((load_id, new))

    def forget_others(self, connection: sa.Connection) -> None:
        """Remove what is kept of keys that no lead of the source has any more."""
        leads, keys, loads, hashes = (
            self._schema.leads,
            self._schema.keys,
            self._schema.loads,
            self._schema.key_hashes,
        )
        with_key = (
            sa.select(leads.c.load_id)
            .join(loads, loads.c.load_id == leads.c.load_id)
            .where(*self._there, leads.c[self._schema.key_column] == keys.c[self._schema.key_column])
            .correlate(keys)
        )
        _lock(connection, self._schema)
        connection.execute(keys.delete().where(keys.c.source_name == self._source, ~with_key.exists()))
        connection.execute(hashes.delete().where(hashes.c.source_name == self._source))
        for load_id, new in self._new:
            _keep(connection, self._schema, load_id, self._source, new["hash"])


def keys_of_history(schema: Schema, *loads_meet: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """What the table of keys lacks of the loads that are published, or can be, and meet the conditions: as its rows."""
    leads, loads, keys = schema.leads, schema.loads, schema.keys
    key = leads.c[schema.key_column]
    quoted = schema.dialect.sql.identifier_preparer.quote(str(schema.lead_key_index.name))
    ended = sa.select(loads.c.load_id).where(
        loads.c.load_table == leads.name, loads.c.status.in_(["loaded", "held"]), *loads_meet
    )
    # Not that of each lead, which no index has.
    source = sa.select(loads.c.source_name).where(loads.c.load_id == leads.c.load_id).scalar_subquery()
    had = (
        sa.select(key, source.label("source_name"), (sa.func.count() > 1).label("several"))
        .with_hint(leads, schema.dialect.hints.by_index.format(quoted))
        .where(key.is_not(None), leads.c.load_id.in_(ended))
        .group_by(leads.c.load_id, key)
        .subquery("had")
    )
    name, of_key = had.c.source_name, had.c[key.name]
    compared = sa.select(
        *had.c,
        sa.func.min(name).over(partition_by=of_key).label("first_source"),
        sa.func.max(name).over(partition_by=of_key).label("last_source"),
    ).subquery("compared")
    rows = [compared.c[name] for name in keys.c.keys()]
    known = sa.select(keys.c.source_name).where(*(keys.c[row.name] == row for row in rows))
    contested = compared.c.several | (compared.c.first_source != compared.c.last_source)
    return sa.select(*rows).distinct().where(contested, ~known.exists())


def with_keys(schema: Schema, rows: sa.Select[Any]) -> sa.Insert:
    """The statement that adds these rows to the table of keys."""
    return schema.keys.insert().from_select(schema.keys.c.keys(), rows)


def _lock(connection: sa.Connection, schema: Schema) -> None:
    """Be the only one who keeps keys until the transaction ends: whoever does begins with this row, of no source."""
    row = {"source_name": "", "first_load_id": 0, "part": 0, "hashes": b""}
    connection.execute(schema.dialect.insert_or_lock(schema.key_hashes, row, unchanged="hashes"))


def _keep(connection: sa.Connection, schema: Schema, load_id: int, source: str, found: pl.Series) -> None:
    """Write those of these distinct hashes that the source has not had; one row at least says that the load was looked at."""
    table, new, parts = schema.key_hashes, found.to_frame("hash"), 0
    for rows in _rows(connection, schema, table.c.source_name == source):
        new = new.join(_hashes(rows), on="hash", how="anti")
        parts += sum(row["first_load_id"] == load_id for row in rows)
    if parts and new.is_empty():
        return
    hashes = new["hash"].to_numpy().astype("<u4", copy=False)
    connection.execute(
        table.insert(),
        [
            {
                "source_name": source,
                "first_load_id": load_id,
                "part": parts + at + 1,
                "hashes": hashes[at * _PART : (at + 1) * _PART].tobytes(),
            }
            for at in range(max(-(-len(hashes) // _PART), 1))
        ],
    )


def _others(connection: sa.Connection, schema: Schema, source: str, wanted: pl.Series) -> pl.DataFrame:
    """Which of the hashes other sources have had: `hash` and `source_name`."""
    these, found = wanted.to_frame("hash"), [pl.DataFrame(schema=_OTHERS)]
    for rows in _rows(connection, schema, schema.key_hashes.c.source_name != source):
        ends = pl.Series([len(row["hashes"]) // _BYTES for row in rows]).cum_sum()
        names = pl.Series([row["source_name"] for row in rows])
        theirs = _hashes(rows).with_row_index("at").join(these, on="hash", how="semi")
        of_row = ends.search_sorted(theirs["at"], side="right")
        found.append(theirs.select("hash", source_name=names.gather(of_row)))
    return pl.concat(found)


def _rows(
    connection: sa.Connection, schema: Schema, meet: sa.ColumnElement[bool]
) -> Iterator[Sequence[sa.RowMapping]]:
    """The rows of hashes that meet the condition, as they are now, whatever the transaction has seen before."""
    table = schema.key_hashes
    select = sa.select(table.c.source_name, table.c.first_load_id, table.c.hashes).where(meet)
    with connection.execute(select.with_for_update(read=True)) as found:
        yield from found.mappings().partitions(_ROWS)


def _hashes(rows: Sequence[sa.RowMapping]) -> pl.DataFrame:
    """The `hash`es of the rows, one behind the other."""
    # By polars alone: to take an array of numpy it would import all that numpy has for masked ones.
    joined = b"".join(row["hashes"] for row in rows)
    if not joined:
        return pl.DataFrame(schema={"hash": pl.UInt32()})
    several = pl.Array(pl.UInt32, len(joined) // _BYTES)
    return (
        pl.Series("hash", [joined]).bin.reinterpret(dtype=several, endianness="little").explode().to_frame()
    )


def _contest(
    connection: sa.Connection,
    schema: Schema,
    load_id: int,
    source: str,
    leads: pl.DataFrame,
    *,
    several: bool,
) -> None:
    """Add the keys of these leads of the load to the table of keys, as had by the source."""
    table, key = schema.leads, schema.leads.c[schema.key_column]
    numbers = leads["source_record_number"].sort().to_list()
    for first in range(0, len(numbers), AT_ONCE):
        some = table.c.source_record_number.in_(numbers[first : first + AT_ONCE])
        rows = (
            sa.select(key, sa.literal(source), sa.literal(several))
            .distinct()
            .where(table.c.load_id == load_id, some)
        )
        connection.execute(with_keys(schema, rows).prefix_with(schema.dialect.where_new))
