"""In what encoding a text is, by what its bytes allow and what its words look like."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leadingest.deliveries.byte_streams import HeadedStream
from leadingest.deliveries.plausible_encoding import MOST_WORDS, plausible, words_beyond_ascii
from leadingest.errors import DeliveryError


class QuoteCount:
    """Counts the quotes of a file, and those that stand where a cell begins: after a line end or a delimiter."""

    def __init__(self, delimiters: Iterable[str]) -> None:
        self._delimiters = tuple(delimiters)
        self._quotes = 0
        self._after: Counter[str] = Counter()
        self._before = b"\n"

    def add(self, piece: bytes) -> None:
        """The next bytes, in an encoding that has ASCII's quote."""
        self._quotes += piece.count(b'"')
        joined = self._before + piece
        for sign in ("\n", "\r", *self._delimiters):
            self._after[sign] += joined.count(sign.encode() + b'"')
        self._before = piece[-1:] or self._before

    def mean_nothing(self, delimiter: str) -> bool:
        """Whether there are quotes and no cell begins with one."""
        return self._quotes > 0 and not any(self._after[sign] for sign in ("\n", "\r", delimiter))


_STEP: Final = 1 << 20
_HEAD: Final = 1 << 18
_TAIL: Final = 1 << 12
#: Tried in this order where it is not UTF-8: of two that are as plausible the first; latin-1 takes any byte.
_WESTERN: Final = ("cp1252", "latin-1", "cp850", "cp437", "mac_roman")
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes that no text has, in any of the encodings but UTF-16.
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_GUESSED: Final = "the bytes also fit other encodings: check names with accents"


@dataclass(frozen=True)
class TextFile:
    """What was seen of a text."""

    head: str
    tail: str
    #: What `encoding` of the mapping must say; None where readers find it without.
    encoding: str | None
    doubt: str | None
    quotes: QuoteCount


def read_text_file(stream: HeadedStream, name: str, delimiters: Sequence[str]) -> TextFile:
    """Go through the whole stream. Raises DeliveryError where it is no text."""
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if stream.head.startswith(mark)), None)
    unmarked = None if marked else _utf16(stream.head)
    decoders = {
        each: codecs.getincrementaldecoder(each)() for each in (marked or unmarked or "utf-8", _WESTERN[0])
    }
    head = tail = b""
    words: set[bytes] = set()
    quotes = QuoteCount(delimiters)
    while piece := stream.read(_STEP):
        head += piece[: max(0, _HEAD - len(head))]
        tail = (tail + piece)[-_TAIL:]
        quotes.add(piece)
        if len(words) < MOST_WORDS and not piece.isascii():
            words.update(words_beyond_ascii(piece))
        _decode(decoders, piece, final=False)
    _decode(decoders, b"", final=True)
    encoding = next(iter(decoders), _WESTERN[1])
    if encoding in _WESTERN:
        encoding = plausible(words, dict.fromkeys((encoding, *_WESTERN[2:])))
    if not encoding.startswith("utf-16") and _NO_TEXT.search(head):
        raise DeliveryError(
            f"{name}: this is not text: it contains bytes that no text has",
            hint="ask for the list as CSV or xlsx",
        )
    western = encoding in _WESTERN
    return TextFile(
        head.decode(encoding, "replace"),
        tail.decode(encoding, "replace"),
        encoding if western or encoding == unmarked else None,
        _GUESSED if western else None,
        quotes,
    )


def _utf16(head: bytes) -> str | None:
    """Which UTF-16 it is, where every other byte of the beginning is NUL."""
    even, odd = head[0:200:2].count(b"\0"), head[1:200:2].count(b"\0")
    half = len(head[:200]) // 2
    if half and max(even, odd) > half * 0.7 and min(even, odd) < half * 0.1:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _decode(decoders: dict[str, codecs.IncrementalDecoder], piece: bytes, *, final: bool) -> None:
    """Decode with each; those that cannot are left out."""
    for encoding in list(decoders):
        try:
            decoders[encoding].decode(piece, final)
        except UnicodeError:
            del decoders[encoding]
