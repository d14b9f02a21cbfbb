"""The kind DR305."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR305", "file")
def unreadable_delivery(comparison: Comparison) -> Iterator[Told]:
    """The delivery cannot be read as the mapping says.

    Breaking: the load fails.
    """
    delivered = comparison.delivered
    if delivered.error:
        yield Told("breaking", "", "a file that can be read", delivered.error, delivered.hint)
