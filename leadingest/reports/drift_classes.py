"""How bad drift is: its class in a word, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from leadingest.destinations.ledger import DriftClass, DriftRow

#: The worst first, each with the class of the page that says so.
_TONES: Final[dict[DriftClass, str]] = {"breaking": "bad", "lossy": "wait", "safe": "dim"}


def worst_class(rows: Sequence[DriftRow]) -> DriftClass:
    """The worst class of what a delivery differed in."""
    met = {row.kind_class for row in rows}
    return next(each for each in _TONES if each in met)


def drift_tone(kind: DriftClass) -> str:
    """The class of the page that says how bad that is."""
    return _TONES[kind]
