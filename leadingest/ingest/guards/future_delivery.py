"""A guard: `future_delivery`."""

from __future__ import annotations

from leadingest.deliveries.extract_time import is_after_tomorrow
from leadingest.ingest.guards.guard import LoadFacts


def future_delivery(facts: LoadFacts) -> str:
    """Keeps a delivery that says it was made after tomorrow: once published, every one to come would be older."""
    made = facts.new.extract_time
    if facts.guards.future_delivery == "publish" or not is_after_tomorrow(made, facts.today):
        return ""
    return f"the delivery is of {made:%Y-%m-%d %H:%M} UTC, which is after tomorrow"
