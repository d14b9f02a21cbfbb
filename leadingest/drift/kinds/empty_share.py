"""The kind DR205."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind

#: By how much the share of empty cells must have grown, and by how many times what chance does to lists of that size.
_MORE = 0.1
_SIGMAS = 3


@kind("DR205", "empty")
def empty_share(comparison: Comparison) -> Iterator[Told]:
    """Many more cells of a column are empty than in the published load: a tenth of them and more.

    Lossy where a field reads the column; safe otherwise.
    """
    for before, now in comparison.both:
        if not before.records or not now.records:
            continue
        then, later = before.empty_share, now.empty_share
        chance = sqrt(max(then * (1 - then), later * (1 - later)) * (1 / before.records + 1 / now.records))
        if later - then < max(_MORE, _SIGMAS * chance):
            continue
        read = comparison.reads(now.header)
        yield Told(
            kind_class="lossy" if read else "safe",
            header=now.header,
            expected=f"{percent(then)} empty",
            found=f"{percent(later)} empty",
            advice="ask the source whether it is meant" if read else "nothing: no field reads it",
        )
