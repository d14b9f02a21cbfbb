"""A guard: kinds of drift that `on_drift` holds."""

from __future__ import annotations

from leadingest.ingest.guards.guard import LoadFacts


def on_drift(facts: LoadFacts) -> str:
    """Keeps a load whose delivery differs in a way that the mapping wants looked at."""
    return facts.drift
