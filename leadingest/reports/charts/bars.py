"""Where the bars of loads stand, and how high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_SEEN: Final = 2


@dataclass(frozen=True)
class Bars:
    """Loads from the oldest to the newest, from left to right."""

    loads: tuple[LoadRow, ...]
    #: The height of the largest load.
    height: int
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

    def middle(self, number: int) -> int:
        """Where the middle of the bar of a load is; `number` counts from 0."""
        first = 0 if self.at == "left" else ACROSS - self._slot * len(self.loads)
        return round(first + self._slot * (number + 0.5))

    def high(self, records: int) -> int:
        """How high so many records stand: what is not nothing can be seen."""
        return max(round(self.height * records / self.most), _SEEN) if records else 0

    def part(self, number: int, *, bottom: int, high: int) -> list[svg.PathData]:
        """A part of the bar, as part of a path that is drawn as thick as the bar is wide."""
        return [svg.M(self.middle(number), bottom), svg.v(-high)]

    def drawn(self, kinds: Mapping[str, list[svg.PathData]]) -> list[svg.Element]:
        """Paths of such parts, one for each kind."""
        return [svg.Path(class_=[kind], d=path, stroke_width=self.width) for kind, path in kinds.items()]

    @property
    def _slot(self) -> float:
        """What every load has for itself."""
        return ACROSS / max(len(self.loads), _LEAST_SLOTS)


def bars_of(loads: Sequence[LoadRow], *, height: int, at: Literal["left", "right"]) -> Bars:
    """The bars of loads that come newest first."""
    return Bars(tuple(reversed(loads)), height, at)
