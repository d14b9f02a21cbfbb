"""Which records of a delivery are looked at: told by their numbers, so that it does not matter how it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from leadingest.drift.profiles.key_sketch import HASHES, mixed

#: For how many records of the delivery one of the sample stands: a column beside the others, and no field's name.
WEIGHT: Final = "\x1fweight"


@dataclass(frozen=True)
class Sampling:
    """All of the first `whole` records; of every `step` records behind them one less, down to one of `least`.

    Whether a record is taken hangs on nothing but its number. Every tenth record would be simpler, and wrong of a list
    in which something comes back every ten records.
    """

    whole: int
    step: int
    least: int

    def of(self, records: pl.DataFrame, numbers: Sequence[int] | pl.Series) -> pl.DataFrame:
        """The sample of the records with these numbers, which count from 1, with the weight of each."""
        places = _array(numbers) - 1
        if places.max(initial=0) < self.whole:
            return records.with_columns(pl.lit(1, pl.Int64).alias(WEIGHT))
        weights = np.clip(1 + (places - self.whole) // self.step, 1, self.least)
        rows = np.flatnonzero(mixed(places.astype(np.uint64)) < HASHES / weights)
        return records[rows].with_columns(pl.Series(WEIGHT, weights[rows]))


def _array(numbers: Sequence[int] | pl.Series) -> npt.NDArray[np.int64]:
    if isinstance(numbers, range):
        return np.arange(numbers.start, numbers.stop)
    return np.asarray(numbers, np.int64)


#: Whose cells and values are looked at: of a small delivery all.
LOOKED_AT: Final = Sampling(1_000, step=250, least=500)
