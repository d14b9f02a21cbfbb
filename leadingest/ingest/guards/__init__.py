"""What keeps a load from being published until somebody approves it: one file per guard."""

from __future__ import annotations

from typing import Final

from leadingest.ingest.guards.fewest_records import fewest_records
from leadingest.ingest.guards.future_delivery import future_delivery
from leadingest.ingest.guards.guard import Guard, LoadFacts
from leadingest.ingest.guards.largest_fall import largest_fall
from leadingest.ingest.guards.least_keys_in_common import least_keys_in_common
from leadingest.ingest.guards.most_hidden import most_hidden
from leadingest.ingest.guards.most_invalid import most_invalid
from leadingest.ingest.guards.most_rejects import most_rejects
from leadingest.ingest.guards.older_delivery import older_delivery
from leadingest.ingest.guards.on_drift import on_drift
from leadingest.ingest.guards.on_invalid_hold import on_invalid_hold
from leadingest.ingest.guards.sent_before import sent_before

#: Every guard, in the order in which their reasons are told.
GUARDS: Final[tuple[Guard, ...]] = (
    on_invalid_hold,
    most_rejects,
    most_invalid,
    fewest_records,
    largest_fall,
    least_keys_in_common,
    most_hidden,
    sent_before,
    older_delivery,
    future_delivery,
    on_drift,
)


def held_because(facts: LoadFacts) -> str:
    """What keeps the load from being published, in one line; empty where nothing does."""
    return "; ".join(filter(None, (guard(facts) for guard in GUARDS)))
