"""The kind DR210."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from leadingest.drift.alike import cells_again, same_contents
from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import ColumnProfile

#: How alike each column must be to what the other one was, and how little to what it was itself, from 0 to 1.
_ALIKE = 0.75
_OTHER = 0.4
#: Of the different cells, those that the other column had, and that the column itself had: dates look like dates.
_MOST_AGAIN = 0.5
_FEW_AGAIN = 0.2
#: Cells that were looked at: of fewer nothing can be said.
_LEAST_CELLS = 10
#: Columns that are compared with each other.
_MOST_COLUMNS = 60


@kind("DR210", "swapped")
def swapped_columns(comparison: Comparison) -> Iterator[Told]:
    """What is in two columns has changed places since the published load: one holds what the other one held.

    Told where a column that the mapping reads is one of the two, by how their cells are written, how many different
    ones there are, and which come again. Breaking: the load is held, unless `on_drift: {swapped: note}` says
    otherwise.
    """
    measured = [pair for pair in comparison.both if min(column.sampled for column in pair) >= _LEAST_CELLS]
    # A column that is what it was has changed places with none.
    strange = [
        pair for pair in measured if same_contents(*pair) <= _OTHER or cells_again(*pair) <= _FEW_AGAIN
    ]
    strange = strange[:_MOST_COLUMNS]
    for one, other in combinations(strange, 2):
        reads = [column.header for _, column in (one, other) if comparison.reads(column.header)]
        if reads and _swapped(one, other):
            names = [column.header for _, column in (one, other)]
            yield Told(
                kind_class="breaking",
                header=reads[0],
                expected=f"{names[0]!r} and {names[1]!r} as they were",
                found=f"{names[0]!r} and {names[1]!r} seem to have changed places",
                advice="ask the source; if it stays so, the headers in the mapping change places as well",
            )


def _swapped(one: tuple[ColumnProfile, ColumnProfile], other: tuple[ColumnProfile, ColumnProfile]) -> bool:
    (one_before, one_now), (other_before, other_now) = one, other
    again = min(cells_again(one_before, other_now), cells_again(other_before, one_now))
    if again >= _MOST_AGAIN and max(cells_again(*one), cells_again(*other)) <= _FEW_AGAIN:
        return True
    if max(same_contents(*one), same_contents(*other)) > _OTHER:
        return False
    return min(same_contents(one_before, other_now), same_contents(other_before, one_now)) >= _ALIKE
