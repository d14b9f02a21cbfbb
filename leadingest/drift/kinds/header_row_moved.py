"""The kind DR304."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR304", "file")
def header_row_moved(comparison: Comparison) -> Iterator[Told]:
    """The header stands in another line than in the published load.

    Safe, for it was found; lossy where there is none any more, as the mapping names the columns instead.
    """
    now, before = comparison.delivered.profile, comparison.published
    if before is None or not before.format or now.header_row == before.header_row:
        return
    yield Told(
        kind_class="safe",
        header="",
        expected=_place(before.header_row),
        found=_place(now.header_row),
        advice="nothing, if the columns are right",
    )


def _place(row: int | None) -> str:
    return f"a header in line {row}" if row else "no header: the mapping names the columns"
