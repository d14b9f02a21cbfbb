"""What a measurement found: the runs of each side, and how they stand to the budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.measure import Measured

MIB = 1 << 20


@dataclass(frozen=True)
class Side:
    """One of those measured beside each other: all its runs, and how many records each of them handled."""

    name: str
    runs: tuple[Measured, ...]
    records: int | None = None

    @property
    def seconds(self) -> float:
        """The median on the wall."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        """The median on the processors; 0 where it is not known."""
        return median(run.cpu_seconds for run in self.runs)

    @property
    def records_per_second(self) -> float | None:
        """Of the median."""
        return self.records / self.seconds if self.records else None

    @property
    def peak(self) -> int | None:
        """Most memory in bytes that any run took."""
        return max((run.peak for run in self.runs if run.peak), default=None)


@dataclass(frozen=True)
class Figure:
    """A line of the table: one value per run in `unit`, which is to be at most `limit` where there is one.

    So is the peak memory of the first side, ours, where there is a `peak_limit`, in MiB.
    """

    what: str
    values: tuple[float, ...] = ()
    sides: tuple[Side, ...] = ()
    unit: str = "×"
    budget: str = ""
    limit: float | None = None
    peak_limit: int | None = None
    #: Why there are no values.
    lacking: str = ""

    @property
    def value(self) -> float | None:
        """The median."""
        return median(self.values) if self.values else None

    @property
    def met(self) -> bool | None:
        """Whether the budget is; None where there is none, or nothing was measured."""
        if self.limit is None or self.value is None:
            return None
        peak = self.sides[0].peak if self.peak_limit else None
        return self.value <= self.limit and (not peak or peak <= (self.peak_limit or 0) * MIB)


def ratios(ours: Sequence[Measured], theirs: Sequence[Measured]) -> tuple[float, ...]:
    """How many times as long each of our runs took as the run of theirs that was made beside it."""
    return tuple(one.seconds / other.seconds for one, other in zip(ours, theirs, strict=True))


def cpu_ratios(ours: Sequence[Measured], theirs: Sequence[Measured]) -> tuple[float, ...]:
    """How many times the processor time of theirs each of our runs took."""
    return tuple(one.cpu_seconds / other.cpu_seconds for one, other in zip(ours, theirs, strict=True))
