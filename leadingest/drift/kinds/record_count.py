"""The kind DR301."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told, percent
from leadingest.drift.kind import kind

#: Shares of the records of the published load.
_FELL = 0.1
_JUMPED = 0.5


@kind("DR301", "records")
def record_count(comparison: Comparison) -> Iterator[Told]:
    """The number of records fell by a tenth or more against the published load, or grew by half or more.

    Breaking where the mapping's guard `largest_fall` holds such a load; lossy where it fell by less; safe where it
    grew.
    """
    now, published = comparison.delivered.profile.records, comparison.published
    if published is None or not published.records:
        return
    change = (now - published.records) / published.records
    if -_FELL < change < _JUMPED:
        return
    fell, allowed = change < 0, comparison.mapping.guards.largest_fall
    held = fell and allowed is not None and -change > allowed
    yield Told(
        kind_class="breaking" if held else "lossy" if fell else "safe",
        header="",
        expected=f"about {published.records:,} records",
        found=f"{now:,}, {percent(abs(change))} {'fewer' if fell else 'more'}",
        advice="ask the source whether the list is whole" if fell else "look whether records were sent twice",
    )
