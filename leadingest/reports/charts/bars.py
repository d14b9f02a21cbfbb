"""Where the bars of loads stand, and how high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from leadingest.destinations.ledger import LoadRow

#: Loads for which there is room at least: a few loads do not become blocks.
_LEAST_SLOTS = 12
#: Of a slot, the rest is air.
_BAR = 0.72


@dataclass(frozen=True)
class Bars:
    """Loads from the oldest to the newest, from left to right; lengths across are in per cent."""

    loads: tuple[LoadRow, ...]
    #: The height of the largest load.
    height: float
    #: Where a few loads stand that do not fill the width: at its left or at its right end.
    at: Literal["left", "right"]

    @property
    def most(self) -> int:
        """Records of the largest load."""
        return max((load.records_read for load in self.loads), default=0)

    @property
    def slot(self) -> float:
        """What every load has for itself."""
        return 100 / max(len(self.loads), _LEAST_SLOTS)

    @property
    def width(self) -> float:
        """How wide a bar is."""
        return self.slot * _BAR

    def left(self, number: int) -> float:
        """Where the bar of a load begins; `number` counts from 0."""
        first = 0 if self.at == "left" else 100 - self.slot * len(self.loads)
        return first + self.slot * number + (self.slot - self.width) / 2

    def middle(self, number: int) -> float:
        """The middle of the bar."""
        return self.left(number) + self.width / 2

    def high(self, records: int) -> float:
        """How high so many records stand: what is not nothing can be seen."""
        return max(self.height * records / self.most, 1.5) if records else 0.0


def bars_of(loads: Sequence[LoadRow], *, height: float, at: Literal["left", "right"]) -> Bars:
    """The bars of loads that come newest first."""
    return Bars(tuple(reversed(loads)), height, at)
