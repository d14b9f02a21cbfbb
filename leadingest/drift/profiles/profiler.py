"""Measures the columns of a delivery while it is read: all of its cells counted, and how those of a sample are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from leadingest.drift.profiles.column_values import ColumnValues, some_records
from leadingest.drift.profiles.key_sketch import stable_hashes
from leadingest.drift.profiles.profile import ColumnProfile
from leadingest.expressions import shape
from leadingest.tables.date_format import DateFormat
from leadingest.tables.types import LOOKS
from leadingest.tables.types.date import DATES, KNOWN_FORMATS

#: Columns of a delivery that are measured; of what is wider, the others are only counted.
MOST_COLUMNS: Final = 300
#: Records that are looked at of the first batch, and of each later one: a small delivery is looked at whole.
FIRST, LATER = 1_000, 150
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

_COLUMN, _TEXT, _SHAPE = pl.col("column"), pl.col("text"), pl.col("shape")
#: What a record of the sample stands for, in records of the delivery.
_WEIGHT: Final = pl.col("weight")
#: Dates are told by their formats.
_KINDS: Final = {kind: _TEXT.str.contains(look.pattern) for kind, look in LOOKS.items() if look is not DATES}
_FORMATS: Final = {
    each: DateFormat(each).expr(_TEXT, dtype=pl.Date(), today=_TODAY).is_not_null() for each in KNOWN_FORMATS
}

#: Column → name → weight.
Weights = defaultdict[str, defaultdict[str, float]]


class Profiler:
    """Sums over the batches of one delivery, in memory that does not grow with it.

    How much is filled, how long the cells are and how often each of a few values stands there is counted over
    all records. How many different values there are is counted while they are not many, and estimated beyond. How
    cells are written is measured on a sample of each batch.
    """

    def __init__(self, width: int) -> None:
        self.records = 0
        self._measured = min(width, MOST_COLUMNS)
        self._filled = [0] * width
        self._shortest: list[int | None] = [None] * width
        self._longest: list[int] = [0] * width
        self._values = [ColumnValues() for _ in range(self._measured)]
        self._sample = CellSample()

    def add(self, records: pl.DataFrame) -> None:
        """Measure a batch: text columns named by position, "" where a cell is blank."""
        # Readers give pieces, and every measure of a piece costs something.
        records = records.rechunk()
        self.records += records.height
        measured = records.select(records.columns[: self._measured])
        self._add_lengths(measured)
        self._add_filled(records.select(records.columns[self._measured :]))
        for values, cells in zip(self._values, measured, strict=True):
            values.add(cells)
        self._sample.add(measured)

    def columns(self, labels: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """A profile for each column, by the labels in their order. What may be personal is still in them."""
        self._sample.look()
        return tuple(self._column(at, label) for at, label in enumerate(labels))

    def _add_lengths(self, records: pl.DataFrame) -> None:
        """Count what is filled, and compare the lengths."""
        for at, cells in enumerate(records.select(pl.all().str.len_bytes())):
            lengths = cells.to_numpy()
            filled = int(np.count_nonzero(lengths))
            if filled:
                there = lengths if filled == lengths.size else lengths[lengths > 0]
                shortest = int(there.min())
                self._shortest[at] = min(shortest, self._shortest[at] or shortest)
                self._longest[at] = max(int(there.max()), self._longest[at])
            self._filled[at] += filled

    def _add_filled(self, records: pl.DataFrame) -> None:
        """Count what is filled of the columns that are not measured."""
        if records.width:
            for at, filled in enumerate(records.select(pl.all().ne("").sum()).row(0), start=self._measured):
                self._filled[at] += filled

    def _column(self, at: int, label: str) -> ColumnProfile:
        counted = ColumnProfile(
            position=at + 1,
            header=label,
            records=self.records,
            filled=self._filled[at],
            shortest=self._shortest[at] or 0,
            longest=self._longest[at],
        )
        if at >= self._measured:
            return replace(counted, measured=False)
        values = self._values[at]
        return replace(
            counted,
            distinct=values.distinct,
            repeated=round(values.repeated, 4),
            values=values.most_frequent_first(),
            sampled=self._sample.number(str(at)),
            shapes=self._sample.shapes(str(at)),
            hashes=self._sample.hashes(str(at)),
            kinds=self._sample.kinds(str(at)),
            formats=self._sample.formats(str(at)),
        )


class CellSample:
    """Takes some records of each batch; each counts for as many as it stands for."""

    def __init__(self) -> None:
        self._gathered: list[pl.DataFrame] = []
        self._number: Counter[str] = Counter()
        self._filled: defaultdict[str, float] = defaultdict(float)
        self._shapes, self._kinds, self._formats = _weights(), _weights(), _weights()
        self._hashes: defaultdict[str, npt.NDArray[np.uint64]] = defaultdict(lambda: np.empty(0, np.uint64))
        self._begun = False

    def add(self, records: pl.DataFrame) -> None:
        """Take some records of the batch."""
        if records.is_empty():
            return
        sample = some_records(records, LATER if self._begun else FIRST)
        self._begun = True
        self._gathered.append(sample.with_columns(pl.lit(records.height / sample.height).alias("weight")))
        if sum(each.height for each in self._gathered) >= _AT_ONCE:
            self.look()

    def look(self) -> None:
        """Look at the records that were taken since the last time."""
        if not self._gathered:
            return
        sample, self._gathered = pl.concat(self._gathered), []
        cells = sample.unpivot(index="weight", variable_name="column", value_name="text")
        trimmed = cells.with_columns(_TEXT.str.strip_chars()).filter(_TEXT != "")
        # Each different value is looked at once, and each pattern made once for all columns.
        self._number.update(dict(trimmed.group_by("column").len().iter_rows()))
        values = trimmed.group_by("column", "text").agg(_WEIGHT.sum())
        for column, weight in values.group_by("column").agg(_WEIGHT.sum()).iter_rows():
            self._filled[column] += weight
        hashed = values.select(_COLUMN, pl.Series("hash", stable_hashes(values["text"])))
        for (column,), some in hashed.group_by("column"):
            together = np.union1d(self._hashes[str(column)], some["hash"].to_numpy())
            self._hashes[str(column)] = together[:_MOST_HASHES]
        _add(self._kinds, values, _KINDS)
        _add(self._formats, values.filter(_TEXT.str.contains(DATES.pattern)), _FORMATS)
        shapes = (
            values.with_columns(shape(_TEXT).alias("shape")).group_by("column", "shape").agg(_WEIGHT.sum())
        )
        frequent = (
            shapes.sort("weight", descending=True)
            .group_by("column", maintain_order=True)
            .head(4 * _MOST_SHAPES)
        )
        for column, written, weight in frequent.iter_rows():
            self._shapes[column][written] += weight

    def number(self, column: str) -> int:
        """How many filled cells of the column were looked at."""
        return self._number[column]

    def shapes(self, column: str) -> dict[str, float]:
        """The most frequent shapes of the column with their shares."""
        return dict(list(self._shares(self._shapes, column).items())[:_MOST_SHAPES])

    def hashes(self, column: str) -> tuple[int, ...]:
        """The lowest hashes of the different cells of the column, ascending."""
        return tuple(map(int, self._hashes[column]))

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
    return defaultdict(lambda: defaultdict(float))


def _add(weights: Weights, values: pl.DataFrame, conditions: Mapping[str, pl.Expr]) -> None:
    """Add, column by column, what the values weigh for which each condition holds."""
    held = values.select(
        _COLUMN, *((_WEIGHT * condition).alias(name) for name, condition in conditions.items())
    )
    for column, *sums in held.group_by("column").agg(pl.col(*conditions).sum()).iter_rows():
        for name, weight in zip(conditions, sums, strict=True):
            weights[column][name] += weight
