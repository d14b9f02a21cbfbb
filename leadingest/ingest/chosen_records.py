"""Which records of a delivery are shown: told while it is read, without knowing how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np


class RecordChoice(Protocol):
    """Is handed the numbers of the records as they come."""

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """The numbers chosen of all that have come so far; one that is left out does not come back."""


@dataclass
class FirstRecords:
    """The first records of the delivery."""

    most: int
    _kept: set[int] = field(default_factory=set)

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """The first so far."""
        self._kept.update(sorted(numbers)[: self.most - len(self._kept)])
        return self._kept


@dataclass(frozen=True)
class TheseRecords:
    """The records with these numbers."""

    wanted: frozenset[int]

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """All that are wanted, there or not."""
        return set(self.wanted)


@dataclass
class RandomRecords:
    """As many records, each as likely as any other: those that drew the lowest numbers."""

    most: int
    random: np.random.Generator
    _drawn: dict[int, float] = field(default_factory=dict)

    def keep(self, numbers: Sequence[int]) -> set[int]:
        """Those that have drawn the lowest numbers so far."""
        draws = self.random.random(len(numbers))
        lowest = np.argsort(draws)[: self.most]
        self._drawn |= {int(numbers[at]): float(draws[at]) for at in lowest}
        kept = sorted(self._drawn, key=lambda number: self._drawn[number])[: self.most]
        self._drawn = {number: self._drawn[number] for number in kept}
        return set(self._drawn)
