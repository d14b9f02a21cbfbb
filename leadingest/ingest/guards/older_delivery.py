"""A guard: `older_delivery`."""

from __future__ import annotations

from leadingest.ingest.guards.guard import LoadFacts


def older_delivery(facts: LoadFacts) -> str:
    """Keeps a delivery that was made before the published one."""
    published, made = facts.published, facts.new.extract_time
    if facts.guards.older_delivery == "publish" or published is None or made >= published.extract_time:
        return ""
    return (
        f"the delivery is of {made:%Y-%m-%d %H:%M} UTC, older than the published one, "
        f"load {published.load_id}, of {published.extract_time:%Y-%m-%d %H:%M} UTC"
    )
