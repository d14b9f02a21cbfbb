"""Every key that may stand in an entry, and the word it belongs to: read off the registries."""

from __future__ import annotations

from typing import Final

from leadingest.operations import CHECKS, WORDS
from leadingest.operations.base import Word
from leadingest.operations.checks.base import Check
from leadingest.operations.sources import SOURCES
from leadingest.tables.types import TYPES

KeyOwner = type[Word] | type[Check]

#: Keys of an entry that are no word of their own, with what they say (for the reference).
ENTRY_KEYS: Final = {
    "when": "An SQL condition: where it does not hold, the entry has no value.",
    "type": "The type of a `let` value; the types of fields come from the load table.",
    "optional": "`true`: a delivery without the header is fine, the field is then blank.",
    "on_invalid": "What becomes of a cell that cannot be read: `blank`, `reject` (the record) or `hold` (the load).",
    "steps": "A list of words to apply in the order written, instead of the fixed one; a word may come twice.",
}

OWNERS: Final[tuple[KeyOwner, ...]] = (*SOURCES, *WORDS, *CHECKS)
TYPE_OPTIONS: Final = {option for kind in TYPES for option in kind.mapping_options}


def owners_of(key: str) -> list[KeyOwner]:
    """The words that take the key."""
    return [owner for owner in OWNERS if key in owner.keys()]


def all_keys() -> list[str]:
    """Every key that may stand in some entry."""
    return list(
        dict.fromkeys([*(key for owner in OWNERS for key in owner.keys()), *ENTRY_KEYS, *TYPE_OPTIONS])
    )
