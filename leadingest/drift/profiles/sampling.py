"""Which records of a delivery are looked at: told by their places in it, so that it does not matter how it is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from leadingest.drift.profiles.key_sketch import HASHES, mixed

#: For how many records of the delivery one of the sample stands: a column beside the others, and no field's name.
WEIGHT: Final = "\x1fweight"


@dataclass(frozen=True)
class Sampling:
    """All of the first `whole` records; of every `step` records behind them one less, down to one of `least`.

    Whether a record is taken hangs on nothing but its place. Every tenth record would be simpler, and wrong of a list
    in which something comes back every ten records.
    """

    whole: int
    step: int
    least: int

    def of(self, records: pl.DataFrame, *, before: int) -> pl.DataFrame:
        """The sample of the records, of which the delivery has so many `before` them, with the weight of each."""
        places = np.arange(before, before + records.height)
        weights = np.clip(1 + (places - self.whole) // self.step, 1, self.least)
        rows = np.flatnonzero(mixed(places.astype(np.uint64)) < HASHES / weights)
        return records[rows].with_columns(pl.Series(WEIGHT, weights[rows]))


#: Whose cells and values are looked at: of a small delivery all.
LOOKED_AT: Final = Sampling(1_000, step=250, least=500)


def kept(sample: pl.DataFrame) -> pl.DataFrame:
    """The sample by itself: what is taken from texts keeps all of them in memory, where it is not copied."""
    return sample.with_columns(pl.col(pl.String) + "")
