"""A guard: `most_hidden`."""

from __future__ import annotations

from fractions import Fraction

from leadingest.ingest.guards.guard import LoadFacts, percent

#: Leads: of fewer nothing can be said.
_LEAST = 10


def most_hidden(facts: LoadFacts) -> str:
    """Keeps a load of which the view would hide most: its leads are taken for each other."""
    allowed, profile = facts.guards.most_hidden, facts.profile
    if allowed is None or profile is None or profile.hidden is None or facts.counts.loaded < _LEAST:
        return ""
    share = Fraction(profile.hidden)
    if share <= allowed:
        return ""
    return (
        f"about {percent(share)} of the leads stand behind others of the same list with their lead_key: "
        f"`most_hidden` allows {percent(allowed)}"
    )
