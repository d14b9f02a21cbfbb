"""The kind DR308."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR308", "file")
def total_row(comparison: Comparison) -> Iterator[Told]:
    """The last record looks like a total: its first cell says so, and the others are blank or numbers.

    Lossy: it becomes a lead, or a reject, and is neither.
    """
    if line := comparison.delivered.total_line:
        yield Told(
            kind_class="lossy",
            header="",
            expected="a record",
            found=f"line {line} looks like a total",
            advice="leave it out: `footer` in the delivery section of the mapping",
        )
