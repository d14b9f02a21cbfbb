"""A guard: `fewest_records`."""

from __future__ import annotations

from leadingest.ingest.guards.guard import LoadFacts


def fewest_records(facts: LoadFacts) -> str:
    """Keeps a load of too few records, such as that of a file which is but a header."""
    least, counts = facts.guards.fewest_records, facts.counts
    if counts.loaded >= least:
        return ""
    if not counts.read:
        return f"there are no records, only a header: `fewest_records` asks for {least:,}"
    loaded = "1 record was" if counts.loaded == 1 else f"{counts.loaded:,} records were"
    return f"{loaded} loaded: `fewest_records` asks for {least:,}"
