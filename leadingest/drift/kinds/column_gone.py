"""The kind DR104."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR104", "gone")
def column_gone(comparison: Comparison) -> Iterator[Told]:
    """A column of the published load that nothing reads is gone.

    Safe: no lead had anything from it.
    """
    for header, column in comparison.before.items():
        if header not in comparison.now and not comparison.reads(header):
            ignored = comparison.ignores(header)
            advice = "nothing, or take it out of `ignore`" if ignored else "nothing"
            yield Told("safe", header, f"column {column.position}", "no such column", advice)
