"""Large XML, such as a sheet's, cut into pieces of whole elements, so that it is never in memory as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Final

from leadingest.deliveries.byte_stream import Readable
from leadingest.errors import DeliveryError

#: What stands before the elements, and one element, may have so many bytes.
_MOST_BYTES: Final = 16 << 20
_ROOT: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?:([\w.-]+):)?\w+[\s>]", re.DOTALL
)
_CODED: Final = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\sencoding=["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE
)
_SECTION: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
#: What a part of a text looks like is nothing to us, and its elements have names that begin like others.
_LOOK: Final = re.compile(rb"<rPr(?:\s[^<>]*)?(?:/>|>.*?</rPr>)", re.DOTALL)
_TAG_WITH_SINGLE_QUOTES: Final = re.compile(rb"<[^<>]*='[^<>]*>")


def element_pieces(
    stream: Readable, *, within: str, element: str, size: int, damaged: Callable[[], DeliveryError]
) -> Iterator[str]:
    """The content of the element `within`, in pieces of about `size` bytes that each begin with an `element`.

    The pieces are in one spelling, whatever that of the file: no prefixes of names, attributes in double
    quotes, no comments, no CDATA, no looks of texts. Raises DeliveryError (`damaged`) where the XML breaks
    off, is not UTF-8, or has an element of more than 16 MiB.
    """
    reading = _Reading(stream, size, damaged)
    prefix = reading.prefix()
    if reading.skip_to(f"<{prefix}{within}".encode()).endswith(b"/>"):
        return
    end = f"</{prefix}{within}>".encode()
    for piece in reading.cut(f"<{prefix}{element}".encode(), end):
        yield _one_spelling(piece, prefix.encode(), damaged)


class _Reading:
    def __init__(self, stream: Readable, size: int, damaged: Callable[[], DeliveryError]) -> None:
        self._stream = stream
        self._size = size
        self._damaged = damaged
        self._rest = b""

    def prefix(self) -> str:
        """The prefix of all names, with its colon: `x:`, or nothing."""
        while not (root := _ROOT.match(self._rest)):
            self._more()
        if _CODED.match(self._rest):
            raise self._damaged()
        return f"{root[1].decode()}:" if root[1] else ""

    def skip_to(self, start: bytes) -> bytes:
        """Read on to behind the tag that starts so, and return it."""
        opening = re.compile(re.escape(start) + rb"(?:\s[^<>]*)?/?>")
        while not (tag := opening.search(self._rest)):
            self._more()
        self._rest = self._rest[tag.end() :]
        return tag[0]

    def cut(self, start: bytes, end: bytes) -> Iterator[bytes]:
        """What stands before `end`, cut before elements that start so."""
        while (stop := self._rest.find(end)) < 0:
            at = self._rest.rfind(start)
            if at > 0:
                yield self._rest[:at]
                self._rest = self._rest[at:]
            self._more()
        yield self._rest[:stop]

    def _more(self) -> None:
        piece = self._stream.read(max(self._size, 1))
        if not piece or len(self._rest) > _MOST_BYTES:
            raise self._damaged()
        self._rest += piece


def _one_spelling(piece: bytes, prefix: bytes, damaged: Callable[[], DeliveryError]) -> str:
    if b"<!" in piece:
        piece = _SECTION.sub(_escaped, piece)
    if prefix:
        piece = piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    if b"<rPr" in piece:
        piece = _LOOK.sub(b"", piece)
    if b"='" in piece:
        piece = _TAG_WITH_SINGLE_QUOTES.sub(_double_quotes, piece)
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError as error:
        raise damaged() from error


def _escaped(section: re.Match[bytes]) -> bytes:
    return escape((section[1] or b"").decode("latin-1"), quote=False).encode("latin-1")


def _double_quotes(tag: re.Match[bytes]) -> bytes:
    """An attribute with both kinds of quotes is left as it is, and refused later."""
    return tag[0] if b'"' in tag[0] else tag[0].replace(b"'", b'"')
