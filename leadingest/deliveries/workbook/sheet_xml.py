"""XML of workbooks: large parts cut into pieces of whole elements, and text made into what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Final
from xml.parsers import expat

import polars as pl

from leadingest.deliveries.byte_streams import Readable
from leadingest.errors import DeliveryError

#: What stands before the elements, and one element, may have so many bytes.
_MOST_BYTES: Final = 16 << 20
#: The outermost tag stands at the very beginning: bytes given to the parser at a time.
_STEP: Final = 1 << 12
_ENCODINGS: Final = ("utf-8", "us-ascii")
#: None of these goes back over what it has read: an end that is missing is met at the end of the piece, or at the next
#: beginning. The pieces themselves are no matter for a parser of XML, which calls Python for every element.
_SECTION: Final = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
#: What a part of a text looks like is nothing to us, and its elements have names that begin like others.
_LOOK: Final = re.compile(
    rb"<rPr(?:\s[^<>]*+|/)?+>(?:(?<=/>)|[^<]*+(?:<(?!/?(?:rPr|row|c|si)\b)[^<]*+)*+</rPr>)"
)
_TAG_WITH_SINGLE_QUOTES: Final = re.compile(rb"<(?:[^<>=]|=(?!'))*+='[^<>]*+>")
#: White space, attributes and texts of the elements below, as regular expressions of polars. No attribute that is
#: read has an equals sign in its value, so that one which has is not taken for two.
SPACE: Final = r"[ \t\r\n]*"
ATTRIBUTES: Final = r'(?:[ \t\r\n]+[\w:.-]+[ \t\r\n]*=[ \t\r\n]*"[^"<>=]*")*[ \t\r\n]*'
_TEXT: Final = rf"<t{ATTRIBUTES}(?:/>|>[^<]*</t>)"
#: A run of text, without what it looks like.
_RUN: Final = rf"<r{ATTRIBUTES}>{SPACE}(?:{_TEXT})?{SPACE}</r>"
#: How a Japanese text is pronounced stands beside it, and is no part of it.
_SPOKEN: Final = rf"<rPh{ATTRIBUTES}>{SPACE}(?:(?:{_TEXT}|{_RUN}){SPACE})*</rPh>|<phoneticPr{ATTRIBUTES}(?:/>|></phoneticPr>)"
#: The content of an element that holds a text, with or without runs in different fonts.
RICH_TEXT: Final = rf"(?:{SPACE}(?:{_TEXT}|{_RUN}|{_SPOKEN}))*{SPACE}"

_REFERENCE: Final = r"&[^&;]*;?"
#: Characters that XML cannot hold are written by their code, and so is what looks like that (ECMA-376, 22.9.2.19).
_ESCAPE: Final = r"_x[0-9A-Fa-f]{4}_"
_NAMED: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_NUMBERED: Final = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_SURROGATES: Final = range(0xD800, 0xE000)


def element_pieces(
    stream: Readable, *, within: str, element: str, size: int, damaged: Callable[[], DeliveryError]
) -> Iterator[str]:
    """The content of the element `within`, in pieces of about `size` bytes that each begin with an `element`.

    The pieces are in one spelling, whatever that of the file: no prefixes of names, attributes in double
    quotes, no comments, no CDATA, no looks of texts. Raises DeliveryError (`damaged`) where the XML breaks
    off, is not UTF-8, or has an element of more than 16 MiB.
    """
    reading = _XmlStream(stream, size, damaged)
    prefix = reading.prefix()
    if reading.skip_to(f"<{prefix}{within}".encode()).endswith(b"/>"):
        return
    end = f"</{prefix}{within}>".encode()
    for piece in reading.cut(f"<{prefix}{element}".encode(), end):
        yield _one_spelling(piece, prefix.encode(), damaged)


class _XmlStream:
    def __init__(self, stream: Readable, size: int, damaged: Callable[[], DeliveryError]) -> None:
        self._stream = stream
        self._size = size
        self._damaged = damaged
        self._rest = b""

    def prefix(self) -> str:
        """The prefix of all names, with its colon: `x:`, or nothing."""
        root = _Root(self._damaged)
        read = 0
        while root.name is None:
            self._more()
            root.feed(self._rest[read:])
            read = len(self._rest)
        return root.name.rpartition(":")[0] + ":" if ":" in root.name else ""

    def skip_to(self, start: bytes) -> bytes:
        """Read on to behind the tag that starts so, and return it."""
        opening = re.compile(re.escape(start) + rb"(?:\s[^<>]*+|/)?+>")
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


class _Root:
    """Finds the name of the outermost element, with a real parser: much may stand before it."""

    def __init__(self, damaged: Callable[[], DeliveryError]) -> None:
        self.name: str | None = None
        self._damaged = damaged
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._element
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._refused

    def feed(self, data: bytes) -> None:
        """Look at more of the beginning. Raises DeliveryError where it is no XML in UTF-8."""
        for start in range(0, len(data), _STEP):
            try:
                self._parser.Parse(data[start : start + _STEP], False)
            except expat.ExpatError as error:
                # What is wrong behind the outermost tag is for who reads on to say.
                if self.name is None:
                    raise self._damaged() from error
            if self.name is not None:
                return

    def _element(self, name: str, _attributes: object) -> None:
        self.name = self.name or name

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise self._damaged()

    def _refused(self, *_: object) -> None:
        raise self._damaged()


def _one_spelling(piece: bytes, prefix: bytes, damaged: Callable[[], DeliveryError]) -> str:
    if b"<!" in piece:
        piece = _SECTION.sub(lambda section: _escaped(section, damaged), piece)
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


def _escaped(section: re.Match[bytes], damaged: Callable[[], DeliveryError]) -> bytes:
    if not section[0].endswith((b"-->", b"]]>")):
        raise damaged()
    return escape((section[1] or b"").decode("latin-1"), quote=False).encode("latin-1")


def _double_quotes(tag: re.Match[bytes]) -> bytes:
    """An attribute with both kinds of quotes is left as it is, and refused later."""
    return tag[0] if b'"' in tag[0] else tag[0].replace(b"'", b'"')


def rich_text(content: pl.Series) -> pl.Series:
    """The text of elements whose content fits RICH_TEXT, without what it sounds like."""
    spoken = content.str.replace_all(r"(?s)<rPh[ >].*?</rPh>", "")
    texts = spoken.str.extract_all(r"<t(?:\s[^<>]*)?>[^<]*</t>").list.join("")
    return texts.str.replace_all("<[^<>]*>", "")


def plain_text(texts: pl.Series, damaged: Callable[[], DeliveryError]) -> pl.Series:
    """The texts with references to characters resolved; raises DeliveryError (`damaged`) for an unknown one."""
    if texts.str.contains("\r", literal=True).any():
        texts = texts.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    texts = _replaced(texts, _REFERENCE, "&", lambda found: _character(found, damaged))
    return _replaced(texts, _ESCAPE, "_x", _unescaped)


def _replaced(texts: pl.Series, pattern: str, sign: str, meaning: Callable[[str], str]) -> pl.Series:
    """Each match replaced by its meaning, all in one pass, so that nothing is replaced twice."""
    concerned = texts.filter(texts.str.contains(sign, literal=True))
    if concerned.is_empty():
        return texts
    found = concerned.str.extract_all(pattern).explode(empty_as_null=False).unique()
    return texts.str.replace_many({match: meaning(match) for match in found}, leftmost=True)


def _character(reference: str, damaged: Callable[[], DeliveryError]) -> str:
    if reference in _NAMED:
        return _NAMED[reference]
    number = _NUMBERED.fullmatch(reference)
    code = 0 if not number else int(number[1], 16) if number[1] else int(number[2])
    if not code or code in _SURROGATES or code > 0x10FFFF:
        raise damaged()
    return chr(code)


def _unescaped(escape: str) -> str:
    code = int(escape[2:6], 16)
    return escape if not code or code in _SURROGATES else chr(code)
