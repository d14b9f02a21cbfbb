"""Measures the leads of a delivery while it is mapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from leadingest.drift.profiles.column_values import FEW, DistinctValues, some_records
from leadingest.drift.profiles.key_sketch import KeySketch
from leadingest.drift.profiles.personal_columns import is_personal_field
from leadingest.drift.profiles.profile import QUANTILES, FieldProfile, KeyProfile
from leadingest.engine.transform import MappedBatch
from leadingest.expressions import shape
from leadingest.mapping.models import Mapping
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.tables.column import Column

#: What leads are known by where the mapping declares no key: the first of these that it has a field for, else the
#: lead_key.
KNOWN_BY: Final = ("license_number", "provider_id")
LEAD_KEY: Final = ("lead_key",)
#: Leads that are looked at of the first batch, and of each later one: of a small delivery all.
_FIRST: Final = 1_000
_LATER: Final = 150
#: Shapes that are kept of a field, and characters of a value.
_MOST_SHAPES: Final = 8
_LONGEST: Final = 100
#: Shares are rounded to so many places: enough to compare, and the document stays small.
_PLACES: Final = 4
#: Rules that refuse a cell although it can be read, or although there is nothing to read.
_NOT_UNREADABLE: Final = (Required.word(), Unique.word())
#: Between the parts of a key of several fields; no cell has it.
_BETWEEN: Final = "\x1f"
_WEIGHT: Final = "weight"


class LeadProfiler:
    """Sums over the batches of one delivery, in memory that does not grow with it."""

    def __init__(self, mapping: Mapping) -> None:
        self._columns = {name: mapping.table.columns[name] for name in mapping.fields}
        identifying = tuple(name for name in KNOWN_BY if name in mapping.fields)
        self._key_fields = mapping.key or identifying[:1] or LEAD_KEY
        self._looked_at = tuple(dict.fromkeys((*self._columns, *LEAD_KEY)))
        self.leads = 0
        self._filled: Counter[str] = Counter()
        self._unreadable: Counter[str] = Counter()
        self._sample: list[pl.DataFrame] = []
        self._lead_keys, self._keys, self._shown = DistinctValues(), KeySketch(), DistinctValues()
        self._names = [column.name for column in mapping.table.identity.told_apart.names]
        self._counts_records = True

    def add(self, mapped: MappedBatch) -> None:
        """Measure what a batch of records became."""
        leads = mapped.leads
        self.leads += leads.height
        for field in self._columns:
            self._filled[field] += leads.height - leads[field].null_count()
        for faults in (mapped.invalid_values, mapped.rejects):
            counted = faults.filter(~pl.col("rule").is_in(_NOT_UNREADABLE))["field"].drop_nulls()
            self._unreadable.update(dict(counted.value_counts().iter_rows()))
        if leads.is_empty():
            return
        self._add_keys(leads)
        some = some_records(leads, _LATER if self._sample else _FIRST)
        weight = pl.lit(leads.height / some.height).alias(_WEIGHT)
        self._sample.append(some.select(*self._looked_at, weight))

    def fields(self) -> dict[str, FieldProfile]:
        """Each field of the mapping; no value of one that may be somebody's is in it."""
        sample = pl.concat(self._sample) if self._sample else None
        return {
            name: _field(column, self._filled[name], self._unreadable[name], sample)
            for name, column in self._columns.items()
        }

    def key(self) -> KeyProfile:
        """What the leads are known by."""
        sample = [some.select(_key(self._key_fields), _WEIGHT).drop_nulls() for some in self._sample]
        return KeyProfile(
            fields=self._key_fields,
            distinct=self._keys.distinct,
            hashes=self._keys.hashes,
            shapes=_shapes(pl.concat(sample)) if sample else {},
            counts_records=self._counts_records and self.leads > 1,
        )

    @property
    def repeated_keys(self) -> float:
        """Of the different lead keys, the share that several leads have."""
        return round(self._lead_keys.repeated, _PLACES)

    @property
    def hidden(self) -> float:
        """Of the leads with a lead key, the share that has that of another one before it, and its name."""
        return round(self._shown.surplus, _PLACES)

    def _add_keys(self, leads: pl.DataFrame) -> None:
        self._lead_keys.add(leads["lead_key"])
        names = [pl.col(name).str.to_lowercase().fill_null("") for name in self._names]
        self._shown.add(leads.select(pl.concat_str(["lead_key", *names], separator=_BETWEEN)).to_series())
        keys = leads.select(_key(self._key_fields)).to_series()
        self._keys.add(keys)
        if self._counts_records:
            numbers = leads["record_number"].cast(pl.String)
            self._counts_records = bool((keys == numbers).fill_null(False).all())


def _key(fields: Sequence[str]) -> pl.Expr:
    """The key as one text, without the zeros before a number; null where all of its parts are blank."""
    parts = [pl.col(field).cast(pl.String) for field in fields]
    text = pl.concat_str([part.fill_null("") for part in parts], separator=_BETWEEN)
    return pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(text).alias("value")


def _field(column: Column, filled: int, unreadable: int, sample: pl.DataFrame | None) -> FieldProfile:
    if sample is None:
        return FieldProfile(filled, unreadable)
    cells = sample.select(pl.col(column.name).alias("value"), _WEIGHT).drop_nulls()
    ranked = _weighed(cells.with_columns(pl.col("value").cast(pl.String)), FEW + 1)
    few = len(ranked) <= FEW and not is_personal_field(column)
    return FieldProfile(
        filled,
        unreadable,
        sampled=cells.height,
        distinct=_estimated(cells["value"], filled),
        values=ranked if few and all(len(value) <= _LONGEST for value in ranked) else None,
        shapes=_shapes(cells) if cells["value"].dtype == pl.String else {},
        quantiles=_quantiles(cells),
    )


def _shapes(cells: pl.DataFrame) -> dict[str, float]:
    return _weighed(cells.with_columns(shape(pl.col("value"))), _MOST_SHAPES)


def _weighed(cells: pl.DataFrame, most: int) -> dict[str, float]:
    """The shares of so many values, the most frequent first."""
    sums = cells.group_by("value").agg(pl.col(_WEIGHT).sum()).sort(_WEIGHT, "value", descending=[True, False])
    whole = sums[_WEIGHT].sum()
    return {value: round(weight / whole, _PLACES) for value, weight in sums.head(most).iter_rows()}


def _quantiles(cells: pl.DataFrame) -> tuple[float, ...]:
    """The quantiles of numbers and dates; none of other values."""
    values = cells["value"]
    if values.is_empty() or not (values.dtype.is_numeric() or values.dtype in (pl.Date, pl.Datetime)):
        return ()
    numbers = values.cast(pl.Date).cast(pl.Int32) if values.dtype.is_temporal() else values
    ranked = cells.select(numbers.cast(pl.Float64), _WEIGHT).sort("value")
    upto = ranked[_WEIGHT].cum_sum().to_numpy() / ranked[_WEIGHT].sum()
    return tuple(float(ranked["value"][int(at)]) for at in np.searchsorted(upto, QUANTILES))


def _estimated(sample: pl.Series, filled: int) -> int:
    """About how many different values there are among all that are filled.

    Those that stand in the sample once tell how many more there are. Source: Chao, "Nonparametric Estimation of the
    Number of Classes in a Population" (1984), in its bias-corrected form; a sample that is all there is needs none.
    """
    counts = sample.value_counts(name="times")["times"]
    if len(sample) >= filled:
        return len(counts)
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    return min(len(counts) + once * (once - 1) // (2 * (twice + 1)), filled)
