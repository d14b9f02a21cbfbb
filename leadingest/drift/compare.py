"""All kinds of drift on one delivery."""

from __future__ import annotations

from leadingest.drift.comparison import Comparison
from leadingest.drift.kind import Difference, Kind
from leadingest.drift.kinds import KINDS
from leadingest.drift.kinds.files import unreadable_delivery
from leadingest.drift.kinds.headers import header_among_records, header_missing
from leadingest.drift.kinds.other_source import other_source


def compare(comparison: Comparison) -> tuple[Difference, ...]:
    """In what the delivery differs, the worst first; of one that cannot be read, or has no header, little else."""
    delivered = comparison.delivered
    if delivered.error:
        kinds: tuple[Kind, ...] = (unreadable_delivery,)
    else:
        kinds = (header_missing, other_source) if delivered.headless else KINDS
        kinds = (header_among_records, other_source) if delivered.headed == "read as a record" else kinds
    found = (difference for kind in kinds for difference in kind.differences(comparison))
    return tuple(sorted(found, key=lambda each: each.sort_key))
