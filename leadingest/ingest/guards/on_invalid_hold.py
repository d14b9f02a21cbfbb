"""A guard: fields that say `on_invalid: hold`."""

from __future__ import annotations

from leadingest.ingest.guards.guard import LoadFacts


def on_invalid_hold(facts: LoadFacts) -> str:
    """Keeps a load with an invalid value in such a field."""
    if not facts.holding:
        return ""
    values = "1 invalid value" if facts.holding == 1 else f"{facts.holding:,} invalid values"
    return f"{values} in fields that say `on_invalid: hold`"
