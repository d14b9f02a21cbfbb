"""What the condition of a source is called, and how it looks."""

from __future__ import annotations

from typing import Final

from leadingest.overview.source_state import Condition

_NAMES: Final[dict[Condition, str]] = {
    "broken mapping": "mapping broken",
    "no load": "nothing loaded",
    "fresh": "on time",
}
_TONES: Final[dict[Condition, str]] = {
    "late": "bad",
    "failed": "bad",
    "held": "wait",
    "broken mapping": "bad",
    "no load": "wait",
    "fresh": "good",
}


def named(condition: Condition) -> str:
    """The condition in a word or two."""
    return _NAMES.get(condition, condition)


def tone(condition: Condition) -> str:
    """The class of the page that says how good or bad that is."""
    return _TONES.get(condition, "dim")
