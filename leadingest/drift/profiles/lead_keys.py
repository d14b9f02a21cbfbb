"""How many leads of a delivery have the key of another one."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from leadingest.drift.profiles.column_values import KEPT, lowest
from leadingest.tables.identity import ToldApart

_SCHEMA: Final = {"key": pl.UInt64(), "name": pl.Int64(), "times": pl.Int64()}


class LeadKeys:
    """Keeps the keys with the lowest hashes, and how often each stands there with each name.

    They are a sample of the different keys, each as likely as any other, and all of them while there are no more
    than KEPT: see DistinctValues. So only the names of a few leads are looked at.
    """

    def __init__(self, told_apart: ToldApart) -> None:
        self._told_apart = told_apart
        self._kept = pl.DataFrame(schema=_SCHEMA)
        #: The lowest hash that was left out.
        self._below: np.uint64 | None = None
        #: Leads whose keys may be among the lowest, until there are enough of them to look.
        self._waiting: list[pl.DataFrame] = []

    def add(self, leads: pl.DataFrame) -> None:
        """Count these leads; those without a key are none of them."""
        names = [column.name for column in self._told_apart.names]
        keyed = leads.select("lead_key", *names, key=pl.col("lead_key").hash())
        if self._below is None:
            self._set_below(lowest(keyed.drop_nulls("lead_key")["key"].to_numpy())[0])
        low = keyed if self._below is None else keyed.filter(pl.col("key") < int(self._below))
        low = low.drop_nulls("lead_key")
        self._waiting.append(
            pl.DataFrame({"key": low["key"], "name": self._told_apart.name_hashes(low), "times": 1}, _SCHEMA)
        )
        if sum(each.height for each in self._waiting) >= KEPT:
            self._look()

    def merge(self, other: LeadKeys) -> None:
        """Count the leads of the other one."""
        other._look()
        self._waiting.append(other._kept)
        if other._below is not None:
            self._lower(other._below)
        self._look()

    @property
    def repeated(self) -> float:
        """Of the different keys, the share that several leads have."""
        self._look()
        times = self._kept.group_by("key").agg(pl.col("times").sum())["times"]
        return int((times > 1).sum()) / max(times.len(), 1)

    @property
    def hidden(self) -> float:
        """Of the leads with a key, the share that has that of another one before it, and its name."""
        self._look()
        return 1 - self._kept.height / int(self._kept["times"].sum()) if self._kept.height else 0.0

    def _look(self) -> None:
        together = pl.concat([self._kept, *self._waiting])
        self._kept, self._waiting = together.group_by("key", "name").agg(pl.col("times").sum()), []
        self._set_below(self._kept["key"].unique().sort().to_numpy())
        if self._below is not None:
            self._kept = self._kept.filter(pl.col("key") < int(self._below))

    def _set_below(self, different: npt.NDArray[np.uint64]) -> None:
        if len(different) > KEPT:
            self._lower(different[KEPT])

    def _lower(self, line: np.uint64) -> None:
        self._below = line if self._below is None else min(line, self._below)
