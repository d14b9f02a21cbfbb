"""`keep`: which records of a delivery others supersede, told by a first pass over a few of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from leadingest.engine.binding import bind
from leadingest.engine.computation import Computation
from leadingest.engine.plan import KEPT
from leadingest.mapping.models import Entry, Mapping
from leadingest.mapping.sections import Keep
from leadingest.operations.sql.node import column_of
from leadingest.tables.rows_by_key import RowsByKey, hash_of
from leadingest.tables.types.regional import Regional

_NUMBER: Final = "number"

#: The records of a batch, text columns named by position, and their numbers.
Records = tuple[pl.DataFrame, Sequence[int]]


def superseded(
    mapping: Mapping, headers: Sequence[str], batches: Iterable[Records], *, today: date
) -> pl.Series:
    """The numbers, in ascending order, of the records in whose stand another one is kept; none where all are.

    Only records that pass `where` are compared; what else becomes of them does not matter. `headers` may be more than the
    records have columns, for those that are missing.
    """
    none = pl.Series(_NUMBER, [], dtype=pl.Int64)
    if mapping.keep is None:
        return none
    keep, reduced = mapping.keep, _reduced(mapping, mapping.keep)
    lets = [name for name in (*keep.per, *keep.latest) if name not in mapping.fields]
    computation = Computation(reduced, bind(reduced, headers), today=today, lets=lets)
    key = [f"per {at}" for at in range(len(keep.per))]
    latest = [f"latest {at}" for at in range(len(keep.latest))]
    columns = [
        pl.col(name if name in mapping.fields else column_of(name)).alias(column)
        for name, column in zip((*keep.per, *keep.latest), (*key, *latest), strict=True)
    ]
    rows = RowsByKey(key)
    for records, numbers in batches:
        blanks = (pl.lit("").alias(str(at)) for at in computation.usual.columns if at >= records.width)
        values = computation.of(records.with_columns(blanks))
        numbered = values.lazy().with_columns(pl.Series(_NUMBER, numbers, pl.Int64)).filter(KEPT)
        rows.add(numbered.select(*columns, _NUMBER).drop_nulls(key).collect())
    found = [_superseded(part, key, [*latest, _NUMBER]) for part in rows.parts()]
    return pl.concat([none, *found]).sort()


def _superseded(rows: pl.LazyFrame, key: Sequence[str], order: Sequence[str]) -> pl.Series:
    # Most keys stand there once, which hashes tell sooner: two keys of one hash are kept apart all the same.
    several = rows.filter(hash_of(key).is_duplicated()).sort(order, nulls_last=False).collect()
    last = several.select(key).to_struct().is_last_distinct()
    return several[_NUMBER].filter(~last)


def _reduced(mapping: Mapping, keep: Keep) -> Mapping:
    """The mapping with what `keep` and `where` read, and no more."""
    names = {*keep.per, *keep.latest}
    # By the country in another field a value may be read.
    kinds = [mapping.table.columns[name].type for name in names if name in mapping.fields]
    names |= {kind.region_of.column for kind in kinds if isinstance(kind, Regional) and kind.region_of}
    fields = {name: entry for name, entry in mapping.fields.items() if name in names}
    lets = _lets(mapping, fields.values(), {*names, *(mapping.where.names if mapping.where else ())})
    return replace(
        mapping,
        fields=fields,
        let={name: entry for name, entry in mapping.let.items() if name in lets},
    )


def _lets(mapping: Mapping, entries: Iterable[Entry], names: Iterable[str]) -> set[str]:
    """The `let` values among the names, those that the entries read, and those that they read in turn."""

    def read(name: str) -> Iterator[str]:
        if name in mapping.let:
            yield name
            for other in mapping.let[name].names():
                yield from read(other)

    return {
        each
        for name in (*names, *(name for entry in entries for name in entry.names()))
        for each in read(name)
    }
