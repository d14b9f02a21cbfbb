"""Where the bars of loads stand, and how high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import svg

from leadingest.destinations.ledger import LoadRow

#: How wide a chart is, in units of its own: it is drawn as wide as the page wants.
ACROSS: Final = 1000
#: Loads for which there is room at least: a few loads do not become blocks.
_LEAST_SLOTS: Final = 12
#: Of a slot, the rest is air.
_BAR: Final = 0.72
#: The least height of what is not nothing.
_SEEN: Final = 1.5


@dataclass(frozen=True)
class Bars:
    """Loads from the oldest to the newest, from left to right."""

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
    def width(self) -> int:
        """How wide a bar is."""
        return round(self._slot * _BAR)

    def left(self, number: int) -> int:
        """Where the bar of a load begins; `number` counts from 0."""
        first = 0 if self.at == "left" else ACROSS - self._slot * len(self.loads)
        return round(first + self._slot * (number + (1 - _BAR) / 2))

    def middle(self, number: int) -> float:
        """The middle of the bar, in per cent of the width."""
        return round(100 * (self.left(number) + self.width / 2) / ACROSS, 2)

    def high(self, records: int) -> float:
        """How high so many records stand: what is not nothing can be seen."""
        return round(max(self.height * records / self.most, _SEEN), 1) if records else 0

    def box(self, number: int, *, bottom: float, high: float) -> list[svg.PathData]:
        """A part of the bar, as part of a path."""
        return [
            svg.M(self.left(number), round(bottom, 1)),
            svg.v(-high),
            svg.h(self.width),
            svg.v(high),
            svg.Z(),
        ]

    @property
    def _slot(self) -> float:
        """What every load has for itself."""
        return ACROSS / max(len(self.loads), _LEAST_SLOTS)


def bars_of(loads: Sequence[LoadRow], *, height: float, at: Literal["left", "right"]) -> Bars:
    """The bars of loads that come newest first."""
    return Bars(tuple(reversed(loads)), height, at)
