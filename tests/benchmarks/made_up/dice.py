"""Columns of random values, whole columns at a time: the same dice throw the same columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl

_EPOCH = date(1970, 1, 1)


class Dice:
    """Throws columns of `height` values. `first` is the number of the first record, counted from 1."""

    def __init__(self, seed: Sequence[int], *, first: int, height: int) -> None:
        self._random = np.random.default_rng(seed)
        self._first = first
        self.height = height

    def number(self, low: int, high: int) -> pl.Series:
        """Whole numbers from `low` to `high`, both of them included."""
        return pl.Series(self._random.integers(low, high + 1, self.height))

    def record_number(self, beyond: int = 0) -> pl.Series:
        """The number of each record, `beyond` added: no two are the same."""
        return pl.Series(np.arange(self._first, self._first + self.height)) + beyond

    def chance(self, share: float) -> pl.Series:
        """True in this share of the records."""
        return pl.Series(self._random.random(self.height) < share)

    def pick(self, values: Sequence[str]) -> pl.Series:
        """Any of the values, each as often as the others."""
        return pl.Series(values)[self._random.integers(0, len(values), self.height)]

    def weigh(self, values: Mapping[str, float]) -> pl.Series:
        """Any of the values, each as often as its weight says."""
        borders = np.cumsum(list(values.values()))
        thrown = self._random.random(self.height) * borders[-1]
        return pl.Series(list(values)).gather(np.searchsorted(borders, thrown, side="right"))

    def day(self, first: date, last: date, form: str) -> pl.Series:
        """Days between the two, as text of this form."""
        days = self.number((first - _EPOCH).days, (last - _EPOCH).days)
        return pl.select(pl.lit(days).cast(pl.Int32).cast(pl.Date).dt.to_string(form)).to_series()
