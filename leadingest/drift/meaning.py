"""What a value that a value map does not know plainly means."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_NO_WORD = re.compile(r"[\W_]+")


def likely_meaning(value: str, known: Mapping[str, str], allowed: Collection[str]) -> str | None:
    """What another spelling of the value means, or the value itself where the field allows it; None where it is not plain.

    Spellings of one value differ in capitals, blanks and punctuation only: `Licensed` and `Unlicensed` are nearly
    alike, and mean the opposite.
    """
    words = _words(value)
    if not words:
        return None
    if "_".join(words) in allowed:
        return "_".join(words)
    meanings = {meaning for key, meaning in known.items() if _words(key) == words}
    return meanings.pop() if len(meanings) == 1 else None


def _words(text: str) -> list[str]:
    return _NO_WORD.sub(" ", text).lower().split()
