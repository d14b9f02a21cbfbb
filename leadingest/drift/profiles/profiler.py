"""Measures the columns of a delivery while it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from leadingest.drift.profiles.cell_sample import CellSample
from leadingest.drift.profiles.column_values import ColumnValues
from leadingest.drift.profiles.profile import ColumnProfile

#: Columns of a delivery that are measured; of what is wider, the others are only counted.
MOST_COLUMNS: Final = 300


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
