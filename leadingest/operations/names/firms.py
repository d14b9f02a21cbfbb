"""Tell a firm, and a text that stands for nobody, from a person."""

from __future__ import annotations

import re
from typing import Final

from leadingest.operations.names.vocabulary import (
    FIRM_PHRASES,
    FIRM_WORDS,
    NOBODY,
    NOBODY_ALONE,
    NOBODY_FIRST,
)

_JOINED: Final = re.compile(r"[.'’‘`ʼ]")
_WORDS: Final = re.compile(r"[^\W\d_]+")
#: What probablepeople calls a word of a firm, or of somebody who stands for one.
_OF_A_FIRM: Final = ("Corporation", "ShortForm", "AKA", "ProxyFor")


def is_nobody(text: str) -> bool:
    """Whether the text says that there is no name: `Vacant`, `TBD`, `N/A`."""
    words = _words(text)
    if not NOBODY.isdisjoint(words) or " ".join(words) in NOBODY_ALONE:
        return True
    first = text.split(" ", 1)[0].upper()
    return first in NOBODY_FIRST and len(words) > 1


def is_named_like_a_firm(text: str) -> bool:
    """Whether a word of the text makes it the name of a firm, an agency or a group."""
    words = _words(text)
    spaced = f" {' '.join(words)} "
    return not FIRM_WORDS.isdisjoint(words) or any(f" {phrase} " in spaced for phrase in FIRM_PHRASES)


def reads_as_firm(text: str) -> bool:
    """Whether the statistics of `probablepeople` see the name of a firm in the text rather than of people."""
    import probablepeople

    return any(label.startswith(_OF_A_FIRM) for _, label in probablepeople.parse(text))


def _words(text: str) -> list[str]:
    return _WORDS.findall(_JOINED.sub("", text).upper())
