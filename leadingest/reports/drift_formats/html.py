"""`--format html`: a page that can be sent on."""

from __future__ import annotations

from collections.abc import Sequence

from leadingest.drift.difference import CLASS_MEANINGS
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift_words import compared_with, sums, title
from leadingest.reports.page import page


def html(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """One page that needs nothing beside it: a table of the differences for each source."""
    told = [(drift, title(drift), compared_with(drift), sums(drift)) for drift in drifts]
    return page("drift", told=told, meanings=CLASS_MEANINGS)
