"""The values of columns: how many different ones there are, and which."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from leadingest.drift.profiles.key_sketch import HASHES

#: Different values that are kept: an estimate is off by 3% then, as a rule.
KEPT: Final = 1_024
#: The hashes of what is no value.
_NOTHING: Final = pl.Series(["", None], dtype=pl.String).hash().to_numpy()


class DistinctValues:
    """Keeps the values with the lowest hashes, and counts how often each of them stands there.

    They are a sample of the different values, each as likely as any other, and all of them while there are no
    more than KEPT. Method: Bar-Yossef, Jayram, Kumar, Sivakumar and Trevisan, "Counting Distinct Elements in a
    Data Stream" (2002), the first of its algorithms.
    """

    def __init__(self) -> None:
        self._kept = np.empty(0, np.uint64)
        self._counts = np.empty(0, np.int64)
        #: The lowest hash that was left out.
        self._below: np.uint64 | None = None
        #: Hashes that may be among the lowest, until there are enough of them to look.
        self._waiting: list[npt.NDArray[np.uint64]] = []

    def add(self, values: pl.Series) -> None:
        """Count these cells; blank and null ones are no values."""
        hashes = values.hash().to_numpy()
        self._waiting.append(hashes if self._below is None else hashes[hashes < self._below])
        if sum(map(len, self._waiting)) >= KEPT:
            self._look()

    def add_counted(self, values: pl.Series, counts: pl.Series) -> None:
        """Count different values, each so many times. They must come before any other."""
        self._merge(values.hash().to_numpy(), counts.cast(pl.Int64).to_numpy())

    @property
    def number(self) -> int:
        """How many different values there are: exact up to KEPT, else an estimate."""
        self._look()
        if self._below is None:
            return len(self._kept)
        return round(KEPT * HASHES / int(self._below))

    @property
    def repeated(self) -> float:
        """The share of them that stands there more than once."""
        self._look()
        return float((self._counts > 1).mean()) if len(self._counts) else 0.0

    def _look(self) -> None:
        if self._waiting:
            hashes, counts = lowest(np.concatenate(self._waiting))
            self._waiting = []
            self._merge(hashes, counts)

    def _merge(self, hashes: npt.NDArray[np.uint64], counts: npt.NDArray[np.int64]) -> None:
        something = np.logical_and.reduce([hashes != nothing for nothing in _NOTHING])
        together = np.concatenate([self._kept, hashes[something]])
        kept, of = np.unique(together, return_inverse=True)
        times = np.bincount(of, np.concatenate([self._counts, counts[something]]), len(kept)).astype(np.int64)
        if len(kept) > KEPT:
            self._below = kept[KEPT]
        self._kept, self._counts = kept[:KEPT], times[:KEPT]


def lowest(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The lowest of the different hashes, ascending, and how often each of them is there.

    There is one more than are kept, which tells where the line is, and what may be no value.
    """
    ranked = np.sort(hashes)
    last = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], [True] * bool(len(ranked))))
    some = last[: KEPT + 1 + len(_NOTHING)]
    return ranked[some], np.diff(some, prepend=-1)


#: Different values that are counted one by one.
FEW: Final = 60
#: Records that tell at once whether a column has more.
_LOOKED_AT: Final = 500


class ColumnValues:
    """What stands in a column; blank cells are no values."""

    def __init__(self) -> None:
        self._counts: dict[str, int] | None = {}
        self._distinct = DistinctValues()
        #: Whether of later records a sample is enough: there were few values.
        self.sampled = False

    def add(self, cells: pl.Series, *, times: int = 1) -> None:
        """Count the cells of a batch; where they are a sample, each stands for so many."""
        if self._counts is not None and cells.head(_LOOKED_AT).n_unique() > FEW + 1:
            self._give_up()
        if self._counts is None:
            self._distinct.add(cells)
            return
        counted = cells.alias("value").value_counts(name="times")
        if counted.height > FEW + 1:
            self._give_up()
            self._distinct.add_counted(counted["value"], counted["times"])
            return
        for value, count in counted.iter_rows():
            if value:
                self._counts[value] = self._counts.get(value, 0) + count * times
        if len(self._counts) > FEW:
            self._give_up()

    def sample_later(self) -> None:
        """From here on a sample of the records will do, if there were few values."""
        self.sampled = self._counts is not None

    def most_frequent_first(self) -> dict[str, int] | None:
        """About how often each value stands there, ranked; None once there are more than FEW."""
        if self._counts is None:
            return None
        return dict(sorted(self._counts.items(), key=lambda each: (-each[1], each[0])))

    @property
    def distinct(self) -> int:
        """How many different values there are: exact while they are not many, else an estimate."""
        return self._distinct.number if self._counts is None else len(self._counts)

    @property
    def repeated(self) -> float:
        """The share of the different values that stands there more than once."""
        if self._counts is None:
            return self._distinct.repeated
        return sum(times > 1 for times in self._counts.values()) / max(len(self._counts), 1)

    def _give_up(self) -> None:
        """From here on keep a sample of the values instead."""
        counts, self._counts = self._counts or {}, None
        self._distinct.add_counted(
            pl.Series(list(counts), dtype=pl.String), pl.Series(list(counts.values()), dtype=pl.UInt32)
        )
