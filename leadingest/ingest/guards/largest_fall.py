"""A guard: `largest_fall`."""

from __future__ import annotations

from fractions import Fraction

from leadingest.ingest.guards.guard import LoadFacts, percent


def largest_fall(facts: LoadFacts) -> str:
    """Keeps a load that has far fewer leads than the published one: half a file, or another list."""
    allowed, published, now = facts.guards.largest_fall, facts.published, facts.counts.loaded
    if allowed is None or published is None or not (before := published.records_loaded):
        return ""
    if (share := Fraction(before - now, before)) <= allowed:
        return ""
    return (
        f"{now:,} records were loaded, {percent(share)} fewer than the {before:,} of load {published.load_id}, "
        f"which is published: `largest_fall` allows {percent(allowed)}"
    )
