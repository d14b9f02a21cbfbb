"""`--format html`: a page that can be sent on, with every lead that differs."""

from __future__ import annotations

from typing import BinaryIO

from leadingest.comparing.compare_loads import Comparison
from leadingest.reports.diff_formats.groups import (
    ALONE,
    ambiguous_of,
    changes_of,
    counts_of,
    leads_of,
    matched_by,
    records_of,
)
from leadingest.reports.page import page_pieces


def write(comparison: Comparison, file: BinaryIO) -> None:
    """The counts, then a table for each group that has leads."""
    heights = {group: records_of(comparison, group).height for group in ALONE}
    pieces = page_pieces(
        "diff",
        comparison=comparison,
        matched_by=matched_by(comparison),
        counts=counts_of(comparison),
        heights=heights,
        changes=changes_of(comparison),
        alone={group: leads_of(comparison, group) for group in ALONE if heights[group]},
        ambiguous=[ambiguous_of(comparison)],
    )
    for piece in pieces:
        file.write(piece.encode())
