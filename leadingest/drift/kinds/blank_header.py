"""The kind DR107."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind


@kind("DR107", "headers")
def blank_header(comparison: Comparison) -> Iterator[Told]:
    """A column has no header.

    Safe: a mapping cannot read it. Not told of one that was without in the published load as well.
    """
    without = sum(not header for header in comparison.delivered.headers)
    blank_before = sum(header == f"column {column.position}" for header, column in comparison.before.items())
    if without <= blank_before:
        return
    for column, header in zip(
        comparison.delivered.profile.columns, comparison.delivered.headers, strict=True
    ):
        if not header:
            filled = "nothing in it" if not column.filled else f"{column.filled:,} cells filled"
            advice = (
                "nothing" if not column.filled else "ask the source; `names` under `delivery` can name it"
            )
            yield Told("safe", column.header, "a header", f"no header, and {filled}", advice)
