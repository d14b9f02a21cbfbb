"""How often a word is a first name, and how often a last name, in the United States."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

#: The table has the most common first name of men as that of a family.
_CORRECTED: Final = {"JAMES": 0.98}
_SIGNS: Final = re.compile(r"[^A-Z]")


@cache
def shares() -> dict[str, float]:
    """Names in capitals, each with the share of its bearers who have it as a first name, from 0 to 1.

    It is the census table of 154,000 names that `probablepeople` brings along.
    """
    from probablepeople.ratios import ratios

    return {**ratios, **_CORRECTED}


def share(word: str) -> float | None:
    """That of one word, whatever its capitals, accents and signs; None of one that is not in the table.

    Of two names with a hyphen it is that of the first, where the two together are not in the table.
    """
    plain = unicodedata.normalize("NFKD", word).upper()
    whole = shares().get(_SIGNS.sub("", plain))
    start, hyphen, _ = plain.partition("-")
    return shares().get(_SIGNS.sub("", start)) if whole is None and hyphen and len(start) > 2 else whole


def is_first_name(word: str) -> bool:
    """Whether the word is a first name and hardly ever a last name."""
    known = share(word)
    return known is not None and known >= 0.9


def is_last_name(word: str) -> bool:
    """Whether the word is a last name and hardly ever a first name."""
    known = share(word)
    return known is not None and known <= 0.2


def mostly_first_name(word: str) -> bool:
    """Whether the word is a first name more often than a last name."""
    known = share(word)
    return known is not None and known > 0.5
