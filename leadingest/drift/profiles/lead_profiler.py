"""Measures the leads of a delivery while it is mapped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from leadingest.drift.profiles.column_values import FEW
from leadingest.drift.profiles.key_sketch import KeySketch
from leadingest.drift.profiles.lead_keys import LeadKeys
from leadingest.drift.profiles.personal_columns import is_personal_field
from leadingest.drift.profiles.profile import QUANTILES, FieldProfile, KeyProfile
from leadingest.drift.profiles.sampling import LOOKED_AT, WEIGHT
from leadingest.engine.transform import MappedBatch
from leadingest.expressions import collected, shape, with_own_texts
from leadingest.mapping.models import Mapping
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.tables.column import Column

#: What leads are known by where the mapping declares no key: the first of these that it has a field for, else the
#: lead_key.
KNOWN_BY: Final = ("license_number", "provider_id")
LEAD_KEY: Final = ("lead_key",)
#: Shapes that are kept of a field, and characters of a value.
_MOST_SHAPES: Final = 8
_LONGEST: Final = 100
#: Shares are rounded to so many places: enough to compare, and the document stays small.
_PLACES: Final = 4
#: Rules that refuse a cell although it can be read, or although there is nothing to read.
_NOT_UNREADABLE: Final = (Required.word(), Unique.word())
#: Between the parts of a key of several fields; no cell has it.
_BETWEEN: Final = "\x1f"
#: How cells of all fields stand below each other.
_LONG: Final = {"variable_name": "field", "value_name": "value"}


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
        self._lead_keys, self._keys = LeadKeys(mapping.table.identity.told_apart), KeySketch()
        self._counts_records = True

    def add(self, mapped: MappedBatch) -> None:
        """Measure what a batch of records became."""
        leads = mapped.leads
        blank = leads.null_count().row(0, named=True)
        for field in self._columns:
            self._filled[field] += leads.height - blank[field]
        for (refused, rule), count in chain(
            mapped.invalid_value_counts.items(), mapped.reject_counts.items()
        ):
            if refused is not None and rule not in _NOT_UNREADABLE:
                self._unreadable[refused] += count
        self._add_keys(leads)
        self._sample.append(
            with_own_texts(LOOKED_AT.of(leads.select(self._looked_at), leads["record_number"]))
        )
        self.leads += leads.height

    def merge(self, other: LeadProfiler) -> None:
        """Add the leads of the records behind these."""
        self._filled.update(other._filled)
        self._unreadable.update(other._unreadable)
        self._sample += other._sample
        self._lead_keys.merge(other._lead_keys)
        self._keys.merge(other._keys)
        self._counts_records &= other._counts_records
        self.leads += other.leads

    def fields(self) -> dict[str, FieldProfile]:
        """Each field of the mapping; no value of one that may be somebody's is in it."""
        if not self._sample:
            return {name: FieldProfile(self._filled[name], self._unreadable[name]) for name in self._columns}
        sample = pl.concat(self._sample)
        cells = (
            sample.lazy()
            .select(pl.col(*self._columns).cast(pl.String), WEIGHT)
            .unpivot(index=WEIGHT, **_LONG)
        )
        # Each different value is looked at once, and each pattern made once for all fields.
        times_and_weight = (pl.len().alias("times"), _WEIGHT.sum())
        [values] = collected(cells.drop_nulls().group_by("field", "value").agg(times_and_weight))
        # A frame works out its schema each time.
        kinds = sample.schema
        texts = [name for name in self._columns if kinds[name] == pl.String]
        of_texts = values.lazy().filter(pl.col("field").is_in(texts))
        ranked, written = collected(
            values.lazy().group_by("field").agg(*_DIFFERENT, *_most(FEW + 1)), _shapes(of_texts)
        )
        times, shares = {}, {}
        for field, number, cells_, once, twice, *most in ranked.iter_rows():
            times[field], shares[field] = _Times(number, cells_, once, twice), _shares(*most)
        shapes = {field: _shares(*rest) for field, *rest in written.iter_rows()}
        quantiles = _quantiles(sample, {name: kinds[name] for name in self._columns})
        blank = sample.null_count().row(0, named=True)
        return {
            name: FieldProfile(
                self._filled[name],
                self._unreadable[name],
                sampled=sample.height - blank[name],
                distinct=times[name].distinct(self._filled[name]) if name in times else 0,
                values=_kept_values(column, shares.get(name, {})),
                shapes=shapes.get(name, {}),
                quantiles=quantiles.get(name, ()),
            )
            for name, column in self._columns.items()
        }

    def key(self) -> KeyProfile:
        """What the leads are known by."""
        keys = [some.lazy().select(_key(self._key_fields), WEIGHT, field=pl.lit("")) for some in self._sample]
        shapes = collected(_shapes(pl.concat(keys).drop_nulls()))[0].rows() if keys else []
        return KeyProfile(
            fields=self._key_fields,
            distinct=self._keys.distinct,
            hashes=self._keys.hashes,
            shapes=_shares(*shapes[0][1:]) if shapes else {},
            counts_records=self._counts_records and self.leads > 1,
        )

    @property
    def repeated_keys(self) -> float:
        """Of the different lead keys, the share that several leads have."""
        return round(self._lead_keys.repeated, _PLACES)

    @property
    def hidden(self) -> float:
        """Of the leads with a lead key, the share that has that of another one before it, and its name."""
        return round(self._lead_keys.hidden, _PLACES)

    def _add_keys(self, leads: pl.DataFrame) -> None:
        self._lead_keys.add(leads)
        keys = leads.select(_key(self._key_fields)).to_series()
        self._keys.add(keys)
        if self._counts_records:
            numbers = leads["record_number"].cast(pl.String)
            self._counts_records = bool((keys == numbers).fill_null(False).all())


_WEIGHT: Final = pl.col(WEIGHT)
_SHAPE: Final = shape(pl.col("value"))
_TIMES: Final = pl.col("times")
_DIFFERENT: Final = (
    pl.len(),
    _TIMES.sum().alias("cells"),
    (_TIMES == 1).sum().alias("once"),
    (_TIMES == 2).sum().alias("twice"),
)


class _Times(NamedTuple):
    """How many different values a sample has, in how many cells, and how many of them once and twice."""

    values: int
    cells: int
    once: int
    twice: int

    def distinct(self, filled: int) -> int:
        """About how many different values there are among all that are filled.

        Those that stand in the sample once tell how many more there are. Source: Chao, "Nonparametric Estimation of the
        Number of Classes in a Population" (1984), in its bias-corrected form; a sample that is all there is needs none.
        """
        if self.cells >= filled:
            return self.values
        return min(self.values + self.once * (self.once - 1) // (2 * (self.twice + 1)), filled)


def _key(fields: Sequence[str]) -> pl.Expr:
    """The key as one text, without the zeros before a number; null where all of its parts are blank."""
    parts = [pl.col(field).cast(pl.String) for field in fields]
    if len(parts) == 1:
        return parts[0].alias("value")
    text = pl.concat_str([part.fill_null("") for part in parts], separator=_BETWEEN)
    return pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(text).alias("value")


def _kept_values(column: Column, shares: dict[str, float]) -> dict[str, float] | None:
    """The shares of the values that may be kept: few, short and nobody's."""
    few = len(shares) <= FEW and all(len(value) <= _LONGEST for value in shares)
    return shares if few and not is_personal_field(column) else None


def _shapes(values: pl.LazyFrame) -> pl.LazyFrame:
    """For each field its shapes, as `_most` says."""
    return (
        values.select("field", WEIGHT, _SHAPE)
        .group_by("field", "value")
        .agg(_WEIGHT.sum())
        .group_by("field")
        .agg(*_most(_MOST_SHAPES))
    )


def _most(number: int) -> tuple[pl.Expr, ...]:
    """So many values of a field, those that weigh most first; what each of them weighs; what all weigh together."""
    ranked = pl.col("value", WEIGHT).sort_by(WEIGHT, "value", descending=[True, False])
    return ranked.head(number), _WEIGHT.sum().alias("total")


def _shares(values: Sequence[str], weights: Sequence[int], total: int) -> dict[str, float]:
    """The share that each of the values has of all of its field."""
    return {value: round(weight / total, _PLACES) for value, weight in zip(values, weights, strict=True)}


def _quantiles(sample: pl.DataFrame, kinds: dict[str, pl.DataType]) -> dict[str, tuple[float, ...]]:
    """The quantiles of numbers and dates, by field; none of other values, and where there are none."""
    numbers = [number for field, kind in kinds.items() if (number := _number(field, kind)) is not None]
    columns, weights = sample.select(numbers), sample[WEIGHT].to_numpy()
    found: dict[str, tuple[float, ...]] = {}
    # A null becomes what is no number.
    for name, values in zip(columns.columns, columns.to_numpy().T, strict=True):
        ranked = np.argsort(values, kind="stable")[: len(values) - int(np.isnan(values).sum())]
        if len(ranked):
            upto = weights[ranked].cumsum()
            found[name] = tuple(values[ranked[np.searchsorted(upto / upto[-1], QUANTILES)]].tolist())
    return found


def _number(field: str, kind: pl.DataType) -> pl.Expr | None:
    """The field as a number, a date as days since 1970; None where it is neither."""
    if kind in (pl.Date, pl.Datetime):
        return pl.col(field).cast(pl.Date).cast(pl.Int32).cast(pl.Float64)
    return pl.col(field).cast(pl.Float64) if kind.is_numeric() else None
