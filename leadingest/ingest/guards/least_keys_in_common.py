"""A guard: `least_keys_in_common`."""

from __future__ import annotations

from leadingest.ingest.guards.guard import LoadFacts, percent

#: Keys of either load: of fewer nothing can be said.
_LEAST = 10


def least_keys_in_common(facts: LoadFacts) -> str:
    """Keeps a load whose leads are hardly any of the published ones: another list, or keys that are written otherwise."""
    least, share, published = facts.guards.least_keys_in_common, facts.keys_in_common, facts.published
    key = facts.profile.key if facts.profile else None
    if least is None or share is None or key is None or published is None or share >= least:
        return ""
    if min(key.distinct, published.records_loaded) < _LEAST:
        return ""
    return (
        f"{percent(share)} of the leads are those of load {published.load_id}, which is published, by their "
        f"{' and '.join(key.fields)}: `least_keys_in_common` asks for {percent(least)}"
    )
