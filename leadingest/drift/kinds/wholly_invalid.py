"""The kind DR209."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drift.comparison import Comparison
from leadingest.drift.difference import Told
from leadingest.drift.kind import kind
from leadingest.drift.profiles.profile import FieldProfile

#: Cells that cannot be read: of fewer nothing can be said.
_LEAST = 5


@kind("DR209", "invalid")
def wholly_invalid(comparison: Comparison) -> Iterator[Told]:
    """Not one cell of a field could be read, in the first load or in any other.

    Breaking: the guard `most_invalid` holds such a load.
    """
    for field, profile in comparison.delivered.profile.fields.items():
        if is_wholly_invalid(profile):
            yield Told(
                kind_class="breaking",
                header=comparison.only_header_of(field),
                expected=f"{field} can be read",
                found=f"none of {profile.unreadable:,.0f} cells can",
                advice=f"look at them: leadingest lint --source {comparison.mapping.source} --sample FILE",
            )


def is_wholly_invalid(profile: FieldProfile) -> bool:
    """Whether there is something in the field to read, and nothing of it could be."""
    return profile.filled == 0 and profile.unreadable >= _LEAST
