"""Every key that may stand in an entry, and the word it belongs to: read off the registries."""

from __future__ import annotations

from functools import cache
from typing import Final

from leadingest.mapping.keys import ENTRY_KEYS
from leadingest.operations import CHECKS, WORDS
from leadingest.operations.base import Word
from leadingest.operations.checks.base import Check
from leadingest.operations.sources import SOURCES
from leadingest.tables.types import TYPES

KeyOwner = type[Word] | type[Check]

OWNERS: Final[tuple[KeyOwner, ...]] = (*SOURCES, *WORDS, *CHECKS)
TYPE_OPTIONS: Final = tuple(sorted({option for kind in TYPES for option in kind.mapping_options}))


@cache
def owners_of(key: str) -> tuple[KeyOwner, ...]:
    """The words that take the key."""
    return tuple(owner for owner in OWNERS if key in owner.keys())


def all_keys() -> list[str]:
    """Every key that may stand in some entry."""
    return list(
        dict.fromkeys([*(key for owner in OWNERS for key in owner.keys()), *ENTRY_KEYS, *TYPE_OPTIONS])
    )
