"""The values of one column: counted while they are few, a sample of them beyond."""

from __future__ import annotations

from typing import Final

import polars as pl

from leadingest.drift.profiles.distinct_values import DistinctValues

#: Different values that are counted one by one.
FEW: Final = 60
#: Records that tell at once whether a column has more.
_LOOKED_AT: Final = 500


class ColumnValues:
    """What stands in a column; blank cells are no values."""

    def __init__(self) -> None:
        self._counts: dict[str, int] | None = {}
        self._distinct = DistinctValues()

    def add(self, cells: pl.Series) -> None:
        """Count the cells of a batch."""
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
        for value, times in counted.iter_rows():
            if value:
                self._counts[value] = self._counts.get(value, 0) + times
        if len(self._counts) > FEW:
            self._give_up()

    def most_frequent_first(self) -> dict[str, int] | None:
        """How often each value stands there, ranked; None once there are more than FEW."""
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
