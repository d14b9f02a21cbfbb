"""The values of columns: how many different ones there are, and which."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from leadingest.drift.profiles.key_sketch import HASHES

#: Different values that are kept: an estimate is off by 3% then, as a rule.
KEPT: Final = 1_024


@cache
def _nothing() -> npt.NDArray[np.uint64]:
    """The hashes of what is no value; an import works out nothing, so that none of polars' threads are started by it."""
    return pl.Series(["", None], dtype=pl.String).hash().to_numpy()


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
        self.add_hashes(values.hash().to_numpy())

    def add_hashes(self, hashes: npt.NDArray[np.uint64]) -> None:
        """Count the cells with these hashes, as polars makes them in this process."""
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

    def merge(self, other: DistinctValues) -> None:
        """Add the values of the other one: what is kept is what all of them together would have left."""
        self._look()
        other._look()
        lines = [line for line in (self._below, other._below) if line is not None]
        self._merge(other._kept, other._counts)
        self._below = min([*lines, *([] if self._below is None else [self._below])], default=None)

    def _look(self) -> None:
        if self._waiting:
            hashes, counts = lowest(np.concatenate(self._waiting))
            self._waiting = []
            self._merge(hashes, counts)

    def _merge(self, hashes: npt.NDArray[np.uint64], counts: npt.NDArray[np.int64]) -> None:
        if not len(hashes):
            return
        something = np.logical_and.reduce([hashes != nothing for nothing in _nothing()])
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
    some = last[: KEPT + 1 + len(_nothing())]
    return ranked[some], np.diff(some, prepend=-1)


#: Different values that are counted one by one.
FEW: Final = 60
#: Records that tell at once whether a column has more.
_LOOKED_AT: Final = 500


class ValueCounts:
    """How often each value stands there, while there are no more than FEW; else a sample of the values."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        #: Once there are more.
        self._distinct: DistinctValues | None = None

    @property
    def few(self) -> bool:
        """Whether there are no more than FEW different values."""
        return self._distinct is None

    def by_hashes(self, cells: pl.Series) -> bool:
        """Whether no more than the hashes of these cells is needed."""
        return self._distinct is not None or cells.head(_LOOKED_AT).n_unique() > FEW + 1

    def add_hashes(self, hashes: npt.NDArray[np.uint64]) -> None:
        """Count the cells with these hashes."""
        self.distinct_values().add_hashes(hashes)

    def add(self, cells: pl.Series) -> None:
        """Count the cells of a batch; blank ones are no values."""
        if self.by_hashes(cells):
            self.distinct_values().add(cells)
            return
        counted = cells.alias("value").value_counts(name="times")
        if counted.height > FEW + 1:
            self.distinct_values().add_counted(counted["value"], counted["times"])
        else:
            self._add_counted({value: times for value, times in counted.iter_rows() if value})

    def merge(self, other: ValueCounts, *, times: int = 1) -> None:
        """Add the cells that the other one counted; where all are few, each stands for so many."""
        if self._distinct is None and other._distinct is None:
            self._add_counted({value: count * times for value, count in other._counts.items()})
        else:
            self.distinct_values().merge(other.distinct_values())

    def distinct_values(self) -> DistinctValues:
        """A sample of the values, which is kept from here on."""
        if self._distinct is None:
            self._distinct = DistinctValues()
        if self._counts:
            values, counts = list(self._counts), list(self._counts.values())
            self._counts = {}
            self._distinct.add_counted(pl.Series(values, dtype=pl.String), pl.Series(counts, dtype=pl.Int64))
        return self._distinct

    def most_frequent_first(self) -> dict[str, int] | None:
        """How often each value stands there, ranked; None where there are more than FEW."""
        if self._distinct is not None:
            return None
        return dict(sorted(self._counts.items(), key=lambda each: (-each[1], each[0])))

    @property
    def number(self) -> int:
        """How many different values there are: exact while they are not many, else an estimate."""
        return len(self._counts) if self._distinct is None else self._distinct.number

    @property
    def repeated(self) -> float:
        """The share of the different values that stands there more than once."""
        if self._distinct is not None:
            return self._distinct.repeated
        return sum(times > 1 for times in self._counts.values()) / max(len(self._counts), 1)

    def _add_counted(self, counts: dict[str, int]) -> None:
        for value, count in counts.items():
            self._counts[value] = self._counts.get(value, 0) + count
        if len(self._counts) > FEW:
            self.distinct_values()


class ColumnValues:
    """What stands in a column; blank cells are no values.

    Where the first records of the delivery have few values, of the later ones a sample is counted; else all are.
    """

    def __init__(self, *, begins: bool = True) -> None:
        """`begins` says whether the first record of the delivery is among these; without it what they have is not known."""
        self._begins = begins
        self._first, self._sample, self._later = ValueCounts(), ValueCounts(), DistinctValues()

    def add(self, cells: pl.Series) -> None:
        """Count cells of the first records."""
        self._first.add(cells)

    def by_hashes(self, cells: pl.Series) -> bool:
        """Whether no more than the hashes of these cells, of the first records, is needed."""
        return self._first.by_hashes(cells)

    def add_hashes(self, hashes: npt.NDArray[np.uint64]) -> None:
        """Count cells of the first records by their hashes."""
        self._first.add_hashes(hashes)

    def add_later(self, cells: pl.Series, sample: pl.Series) -> None:
        """Count cells of later records, or the sample of them."""
        if self._first.few:
            self._sample.add(sample)
        if not (self._first.few and self._begins):
            self._later.add(cells)

    def merge(self, other: ColumnValues) -> None:
        """Add what the records behind these have."""
        self._first.merge(other._first)
        self._sample.merge(other._sample)
        self._later.merge(other._later)

    def together(self, times: int) -> ValueCounts:
        """What there is in all: a sampled cell stands for so many, where there are few values. To be called once."""
        if self._first.few:
            self._first.merge(self._sample, times=times)
        else:
            self._first.distinct_values().merge(self._later)
        return self._first
