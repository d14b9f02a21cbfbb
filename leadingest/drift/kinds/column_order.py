"""The kind DR105."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind

#: Headers that are named.
_MOST_NAMED = 3


@kind("DR105", "order")
def column_order(comparison: Comparison) -> Iterator[Told]:
    """The columns are those of the published load, in another order.

    Safe: columns are found by their headers, not by where they stand.
    """
    then, now = list(comparison.before), list(comparison.now)
    if not then or then == now or set(then) != set(now):
        return
    moved = [header for header, other in zip(now, then, strict=True) if header != other]
    named = ", ".join(map(repr, moved[:_MOST_NAMED])) + (", …" if len(moved) > _MOST_NAMED else "")
    yield Told(
        "safe", "", "the order of the published load", f"{len(moved)} columns elsewhere: {named}", "nothing"
    )
