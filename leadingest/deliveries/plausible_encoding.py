"""Which of several encodings a text is more likely in, by the letters of its words: all of them can decode it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

#: Words with bytes beyond ASCII, of which so many are looked at.
_BEYOND_ASCII: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
MOST_WORDS: Final = 2000


def words_beyond_ascii(piece: bytes) -> list[bytes]:
    """The first words of the piece that hold a byte beyond ASCII."""
    return _BEYOND_ASCII.findall(piece)[:MOST_WORDS]


#: So many more letters must another encoding than the first make of them, for each of the words.
_MORE: Final = 0.5


def plausible(words: Iterable[bytes], encodings: Iterable[str]) -> str:
    """The first of the encodings, unless the words have clearly more letters in another one.

    A currency sign, a line of a box or a control character inside a word was meant as a letter; a capital inside
    one, too, unless all of it is in capitals.
    """
    looked = [word for word in words if re.search(rb"[A-Za-z]", word)]
    points = {
        encoding: sum(_points(word.decode(encoding, "replace")) for word in looked) for encoding in encodings
    }
    first = next(iter(points))
    best = max(points, key=lambda encoding: points[encoding])
    return best if points[best] > points[first] + _MORE * len(looked) else first


#: `Mon–Fri`: a dash before a capital stands between two words.
_DASH: Final = re.compile(r"(?<=[^\W\d_])[–—](?=[A-Z])")


def _points(word: str) -> int:
    parts = _DASH.split(word)
    strange = sum(any(map(str.islower, part)) and any(map(str.isupper, part[1:])) for part in parts)
    signs = [sign for part in parts for sign in part if not sign.isascii()]
    return (
        len(parts)
        - 1
        - strange
        + sum(1 if sign.isalpha() or sign in "’‘" else _OF_SIGN[sign in "–—"] for sign in signs)
    )


#: What a sign inside a word takes off; a dash may stand there.
_OF_SIGN: Final = {False: -2, True: 0}
