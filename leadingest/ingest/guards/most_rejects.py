"""A guard: `most_rejects`."""

from __future__ import annotations

from fractions import Fraction

from leadingest.ingest.guards.guard import LoadFacts, percent


def most_rejects(facts: LoadFacts) -> str:
    """Keeps a load of which too large a share was rejected."""
    allowed, counts = facts.guards.most_rejects, facts.counts
    if allowed is None or not counts.read or (share := Fraction(counts.rejected, counts.read)) <= allowed:
        return ""
    return (
        f"{counts.rejected:,} of {counts.read:,} records were rejected, {percent(share)}: "
        f"`most_rejects` allows {percent(allowed)}"
    )
