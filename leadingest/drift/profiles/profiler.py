"""Measures the columns of a delivery while it is read."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import add
from typing import Final

import polars as pl

from leadingest.drift.profiles.column_values import ColumnValues
from leadingest.drift.profiles.key_sketch import stable_hashes
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.drift.profiles.sampling import LOOKED_AT, WEIGHT, Sampling
from leadingest.expressions import collected, shape, with_own_texts
from leadingest.tables.date_format import DateFormat
from leadingest.tables.types import LOOKS
from leadingest.tables.types.date import DATES, KNOWN_FORMATS

#: Columns of a delivery that are measured; of what is wider, the others are only counted.
MOST_COLUMNS: Final = 300
#: Records of which a few values are counted one by one; of those behind them in a sample.
_COUNTED: Final = 100_000
_LATER: Final = Sampling(0, step=1, least=16)
#: Records that are gathered before they are looked at.
_AT_ONCE: Final = 4_000
#: Shapes that are kept of a column.
_MOST_SHAPES: Final = 8
#: Hashes that are kept of a column.
_MOST_HASHES: Final = 64
#: Shares are rounded to so many places: enough to compare, and the document stays small.
_PLACES: Final = 4
#: By which dates with two-digit years are placed: only whether they can be read matters.
_TODAY: Final = date(2000, 1, 1)

#: Shapes that are kept of some records, to be ranked with those of others.
_RANKED: Final = 4 * _MOST_SHAPES

#: How cells of all columns stand below each other.
_LONG: Final = {"variable_name": "column", "value_name": "text"}
_COLUMN, _TEXT, _WEIGHT = pl.col("column"), pl.col("text"), pl.col(WEIGHT)
_DIFFERENT: Final = (_WEIGHT.sum(), pl.len().alias("cells"))
_SUMS: Final = (pl.col("cells").sum(), _WEIGHT.sum(), pl.col("hash").unique().bottom_k(_MOST_HASHES))
_ALL_SUMS: Final = pl.all().sum()
_SHAPE: Final = shape(_TEXT).alias("shape")
_MAY_BE_DATE: Final = _TEXT.str.contains(DATES.pattern)
#: What each value weighs for which the name, of a kind or of a format, holds. Dates are told by their formats.
_KINDS: Final = tuple(
    (_WEIGHT * _TEXT.str.contains(look.pattern)).alias(kind)
    for kind, look in LOOKS.items()
    if look is not DATES
)
_FORMATS: Final = {
    each: (_WEIGHT * each.expr(_TEXT, dtype=pl.Date(), today=_TODAY).is_not_null()).alias(each.text)
    for each in map(DateFormat, KNOWN_FORMATS)
}

#: Column → name → weight.
Weights = defaultdict[str, defaultdict[str, float]]


class Profiler:
    """Sums over the batches of one delivery, in memory that does not grow with it.

    How much is filled is counted over all records. How many different values there are is counted while they are not
    many, and estimated beyond. How often each of a few values stands there is counted over the first 100,000 records,
    and estimated of what follows. How cells are written is measured on a sample. What a sample is hangs on the numbers of
    the records alone: it does not matter how a delivery is cut into batches, or into parts that are measured each by
    itself and then merged.
    """

    def __init__(self, width: int, *, begins: bool = True) -> None:
        """`begins` says whether the first record is among these: else they are a part, to be merged into what is before it."""
        self.records = 0
        self._measured = min(width, MOST_COLUMNS)
        self._filled = [0] * width
        self._values = [ColumnValues(begins=begins) for _ in range(self._measured)]
        self._sample = CellSample(begins=begins)

    def add(self, records: pl.DataFrame, numbers: Sequence[int]) -> None:
        """Measure a batch: text columns named by position, "" where a cell is blank; and the number of each record."""
        self._filled = list(map(add, self._filled, records.select(pl.all().ne("").sum()).row(0)))
        measured = records.select(records.columns[: self._measured])
        first = bisect_right(numbers, _COUNTED)
        self._count(measured.head(first))
        self._count_later(measured.slice(first), numbers[first:])
        self._sample.add(with_own_texts(LOOKED_AT.of(measured, numbers)))
        self.records += records.height

    def merge(self, other: Profiler) -> None:
        """Add the part with the records behind these."""
        self._filled = list(map(add, self._filled, other._filled))
        for values, others in zip(self._values, other._values, strict=True):
            values.merge(others)
        self._sample.merge(other._sample)
        self.records += other.records

    def columns(self, labels: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """A profile for each column, by the labels in their order. What may be personal is still in them."""
        self._sample.look()
        return tuple(self._column(at, label) for at, label in enumerate(labels))

    def _count(self, records: pl.DataFrame) -> None:
        if records.is_empty():
            return
        columns = list(zip(self._values, records, strict=True))
        many = {cells.name for values, cells in columns if values.by_hashes(cells)}
        # All at once: each question to polars has its price.
        hashes = records.select(pl.col(many).hash()) if many else records
        for values, cells in columns:
            if cells.name in many:
                values.add_hashes(hashes[cells.name].to_numpy())
            else:
                values.add(cells)

    def _count_later(self, records: pl.DataFrame, numbers: Sequence[int]) -> None:
        if records.is_empty():
            return
        sample = _LATER.of(records, numbers)
        for at, values in enumerate(self._values):
            values.add_later(records.to_series(at), sample.to_series(at))

    def _column(self, at: int, label: str) -> ColumnProfile:
        counted = ColumnProfile(
            position=at + 1,
            header=label,
            records=self.records,
            filled=self._filled[at],
        )
        if at >= self._measured:
            return replace(counted, measured=False)
        values = self._values[at].together(_LATER.least)
        return replace(
            counted,
            distinct=values.number,
            repeated=round(values.repeated, 4),
            values=values.most_frequent_first(),
            sampled=self._sample.number(str(at)),
            shapes=self._sample.shapes(str(at)),
            hashes=self._sample.hashes(str(at)),
            kinds=self._sample.kinds(str(at)),
            formats=self._sample.formats(str(at)),
        )


class CellSample:
    """Takes some of the records; each counts for as many as it stands for."""

    def __init__(self, *, begins: bool = True) -> None:
        """`begins` says whether the first record is among these; else they are gathered, to be looked at with those."""
        self._begins = begins
        self._gathered: list[pl.DataFrame] = []
        self._number: Counter[str] = Counter()
        self._filled: defaultdict[str, float] = defaultdict(float)
        self._shapes, self._kinds, self._formats = _weights(), _weights(), _weights()
        self._hashes: dict[str, list[int]] = {}

    def add(self, sample: pl.DataFrame) -> None:
        """Take these records, each with its weight."""
        self._gathered.append(sample)
        if self._begins and sum(each.height for each in self._gathered) >= _AT_ONCE:
            together = pl.concat(self._gathered)
            whole = together.height // _AT_ONCE * _AT_ONCE
            for some in together.head(whole).iter_slices(_AT_ONCE):
                self._look(some)
            self._gathered = [together.slice(whole)]

    def merge(self, other: CellSample) -> None:
        """Take the records of the part behind these."""
        for sample in other._gathered:
            self.add(sample)

    def look(self) -> None:
        """Look at the records that were taken since the last time."""
        if self._gathered:
            sample, self._gathered = pl.concat(self._gathered), []
            self._look(sample)

    def _look(self, sample: pl.DataFrame) -> None:
        # Each different value is looked at once, and each pattern made once for all columns.
        cells = sample.lazy().unpivot(index=WEIGHT, **_LONG).with_columns(_TEXT.str.strip_chars())
        [values] = collected(cells.filter(_TEXT != "").group_by("column", "text").agg(_DIFFERENT))
        if values.is_empty():
            return
        hashes = pl.Series("hash", stable_hashes(values["text"]).tolist(), pl.UInt64)
        looked_at = values.lazy()
        sums, kinds, shapes, dates = collected(
            looked_at.with_columns(hashes).group_by("column").agg(_SUMS),
            looked_at.select(_COLUMN, *_KINDS).group_by("column").agg(_ALL_SUMS),
            looked_at.select(_COLUMN, _WEIGHT, _SHAPE)
            .group_by("column", "shape")
            .agg(_WEIGHT.sum())
            .group_by("column")
            .agg(pl.col("shape", WEIGHT).sort_by(WEIGHT, "shape", descending=[True, False]).head(_RANKED)),
            looked_at.filter(_MAY_BE_DATE),
        )
        for column, number, weight, some in sums.iter_rows():
            self._number[column] += number
            self._filled[column] += weight
            self._hashes[column] = sorted({*self._hashes.get(column, ()), *some})[:_MOST_HASHES]
        _add(self._kinds, kinds)
        _add(self._formats, _formats(dates))
        for column, written, weights in shapes.iter_rows():
            for each, weight in zip(written, weights, strict=True):
                self._shapes[column][each] += weight

    def number(self, column: str) -> int:
        """How many filled cells of the column were looked at."""
        return self._number[column]

    def shapes(self, column: str) -> dict[str, float]:
        """The most frequent shapes of the column with their shares."""
        return dict(list(self._shares(self._shapes, column).items())[:_MOST_SHAPES])

    def hashes(self, column: str) -> tuple[int, ...]:
        """The lowest hashes of the different cells of the column, ascending."""
        return tuple(self._hashes.get(column, ()))

    def kinds(self, column: str) -> dict[str, float]:
        """The share of each kind that there is in the column."""
        return self._shares(self._kinds, column)

    def formats(self, column: str) -> dict[str, float]:
        """The share that each format of dates can read."""
        return self._shares(self._formats, column)

    def _shares(self, weights: Weights, column: str) -> dict[str, float]:
        ranked = sorted(weights[column].items(), key=lambda each: (-each[1], each[0]))
        return {name: round(weight / self._filled[column], _PLACES) for name, weight in ranked if weight}


def _weights() -> Weights:
    return defaultdict(partial(defaultdict, float))


def _formats(dates: pl.DataFrame) -> pl.DataFrame:
    """For each column what the texts weigh together that each format reads; formats with a sign that none has are left out."""
    signs = set().union(*dates["text"])
    likely = [weight for each, weight in _FORMATS.items() if each.signs <= signs]
    return collected(dates.lazy().select(_COLUMN, *likely).group_by("column").agg(_ALL_SUMS))[0]


def _add(weights: Weights, sums: pl.DataFrame) -> None:
    """Add what the values of each column weigh together, name by name."""
    names = sums.columns[1:]
    for column, *row in sums.iter_rows():
        for name, weight in zip(names, row, strict=True):
            weights[column][name] += weight
