"""A piece of an address, word by word."""

from __future__ import annotations

import re
from typing import Final

#: A word, with the dot behind it. "N.W." is one word and "St.Charles" two; `#` is a word of its own, and so is the
#: house number of "756-21st St".
_WORD: Final = re.compile(
    r"#|^[0-9]{1,6}-(?=[0-9]{1,4}(?:st|nd|rd|th)\b)|(?:[a-z]\.)+[a-z](?![^\s.])\.?|[^\s#.]+\.?|\.",
    re.IGNORECASE,
)
#: What stands in a name beside letters. The range is that of accents that are written behind their letter.
_IN_NAMES: Final = frozenset("'’-/") | {chr(code) for code in range(0x300, 0x370)}


class Words:
    """The words of a text: as they are written, and as they are compared."""

    def __init__(self, text: str) -> None:
        self.text: Final = text
        found = list(_WORD.finditer(text))
        #: Where in the text each word stands.
        self.spans: Final = [each.span() for each in found]
        #: The words as they are compared: in capitals, without dots.
        self.keys: Final = [each[0].replace(".", "").upper().replace("’", "'") for each in found]
        self._key_at: Final = dict(enumerate(self.keys))

    def __len__(self) -> int:
        return len(self.spans)

    def key(self, place: int) -> str:
        """The word at a place as it is compared; "" where there is none."""
        return self._key_at.get(place, "")

    def between(self, start: int, end: int) -> str:
        """The words from one place to before another, as they are written; blanks in a row are one."""
        if start >= end:
            return ""
        return " ".join(self.text[self.spans[start][0] : self.spans[end - 1][1]].split())

    @property
    def whole(self) -> str:
        """All words as they are written."""
        return self.between(0, len(self))


def is_name(key: str) -> bool:
    """Whether a word is made of letters, and what stands in names beside them."""
    return key.isalpha() or (
        any(map(str.isalpha, key)) and all(sign.isalpha() or sign in _IN_NAMES for sign in key)
    )
