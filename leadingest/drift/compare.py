"""All kinds of drift on one delivery."""

from __future__ import annotations

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Difference
from leadingest.drift.kinds import KINDS
from leadingest.drift.kinds.header_missing import header_missing
from leadingest.drift.kinds.unreadable_delivery import unreadable_delivery


def compare(comparison: Comparison) -> tuple[Difference, ...]:
    """In what the delivery differs, the worst first; of one that cannot be read, or has no header, only that."""
    delivered = comparison.delivered
    kinds = (unreadable_delivery,) if delivered.error else (header_missing,) if delivered.headless else KINDS
    found = (difference for kind in kinds for difference in kind.differences(comparison))
    return tuple(sorted(found, key=lambda each: each.sort_key))
