"""A guard: `most_invalid`."""

from __future__ import annotations

from fractions import Fraction

from leadingest.ingest.guards.guard import LoadFacts, percent

#: Of a field that is required, or that leads are known by, no more than this share: half of the leads lack it then.
_OF_A_NEEDED_ONE = Fraction(50, 100)
#: Cells that could not be read: of fewer nothing can be said.
_LEAST = 5


def most_invalid(facts: LoadFacts) -> str:
    """Keeps a load in which most cells of a field could not be read: it holds something else now."""
    allowed, profile = facts.guards.most_invalid, facts.profile
    if allowed is None or profile is None:
        return ""
    for field, found in profile.fields.items():
        there = round(found.filled + found.unreadable)
        if found.unreadable < _LEAST:
            continue
        limit = min(allowed, _OF_A_NEEDED_ONE) if field in facts.needed else allowed
        share = Fraction(round(found.unreadable), there)
        if share > limit or share == 1:
            return (
                f"{found.unreadable:,.0f} of {there:,} cells of {field} could not be read, {percent(share)}: "
                f"`most_invalid` allows {percent(limit)}"
            )
    return ""
