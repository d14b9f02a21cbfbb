"""What a guard is told, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from leadingest.destinations.ledger import Counts, LoadRow, NewLoad
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.mapping.sections import Guards


@dataclass(frozen=True)
class LoadFacts:
    """A load that is about to be published. In a dry run there are no other loads to compare it with."""

    guards: Guards
    counts: Counts
    #: Invalid values in fields that say `on_invalid: hold`.
    holding: int
    new: NewLoad
    #: The day of the run, UTC.
    today: date
    #: The load of the source that the view shows.
    published: LoadRow | None = None
    #: The newest finished load of the same bytes.
    sent_before: LoadRow | None = None
    #: What the delivery and its leads are like, and the share of the leads that the published load has as well, as far
    #: as that is known; the fields that are required, or that leads are known by.
    profile: DeliveryProfile | None = None
    keys_in_common: Fraction | None = None
    needed: frozenset[str] = frozenset()
    #: The drift that the mapping wants held, in words; "" for none.
    drift: str = ""


#: Says in a few words why the load must not be published unasked, and by how much; empty where it may.
Guard = Callable[[LoadFacts], str]


def percent(share: Fraction) -> str:
    """A share for people, with a decimal where it needs one, rounded up: one over a limit reads as one over it."""
    tenths = ceil(share * 1000)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"
