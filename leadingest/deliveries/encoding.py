"""Text files in any encoding, as a stream of UTF-8."""

import codecs
import re
import sys
from collections.abc import Callable
from typing import Final

import numpy as np

from leadingest.deliveries.byte_streams import HeadedStream, Readable
from leadingest.deliveries.noticed import Noticed
from leadingest.errors import DeliveryError

_STEP: Final = 1 << 18
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before the shorter marks, with which they begin.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_NAMES: Final = ("utf-8", "utf-8-sig", "ascii")


def as_utf8(
    stream: Readable, declared: str | None, name: str, *, noticed: Noticed | None = None
) -> tuple[Readable, str]:
    """The stream as UTF-8 without a byte order mark, and the encoding that was found or declared.

    Bytes that do not decode stay in it as something that is not UTF-8, for `undecodable_byte` to tell
    and `shown_text` to show: in a file that should be UTF-8 they stay as they are, in another encoding
    each becomes a lone surrogate. What speaks against a declared encoding is `noticed`. Raises DeliveryError when mark and declaration cannot be used together.
    """
    headed = HeadedStream(stream, 4096)
    mark, marked = _mark(headed.head)
    encoding = declared or marked or _guessed_from_nulls(headed.head, name)
    if declared and marked and not _agree(declared, marked):
        raise DeliveryError(
            f"{name}: the file is marked as {marked}, but the mapping says `encoding: {declared}`",
            hint="remove `encoding` from the mapping: the mark is detected automatically",
        )
    headed.skip(len(mark))
    encoding = "utf-8" if encoding in _UTF8_NAMES else marked or encoding
    return from_encoding(headed, encoding, noticed or Noticed()), encoding


def from_encoding(stream: Readable, encoding: str, noticed: Noticed) -> Readable:
    """The stream, which has no byte order mark and is in this encoding, as `as_utf8` says."""
    return stream if encoding == "utf-8" else _Transcoded(stream, encoding, noticed)


def bytes_in_file(encoding: str) -> Callable[[bytes], int] | None:
    """Tells of a piece of such a stream how many bytes of the file it was; None where that is not to be told."""
    if encoding == "utf-8":
        return len
    decoder = codecs.lookup(encoding).incrementaldecoder
    # Where each byte is a character, a file can be decoded from any of them on: those that Python has a table for.
    is_table = hasattr(sys.modules[decoder.__module__], "decoding_table") or decoder is _LATIN_1
    return _characters if is_table else None


def _characters(data: bytes) -> int:
    """Those that are no continuation of another one; 0x80 to 0xBF are, and as signed bytes the lowest."""
    return int(np.count_nonzero(np.frombuffer(data, np.int8) >= -64))


def holds_ascii(encoding: str) -> bool:
    """Whether ASCII is the same bytes in it."""
    return _ASCII.decode("ascii").encode(encoding) == _ASCII


def marked_encoding(head: bytes) -> str | None:
    """The encoding that the byte order mark at the beginning of a file tells, if it has one."""
    return _mark(head)[1]


def marked_bytes(head: bytes) -> int:
    """How many bytes of the beginning of a file are its byte order mark."""
    return len(_mark(head)[0])


def undecodable_byte(text: str, encoding: str) -> int | None:
    """The first byte that does not decode; `text` is from a stream of `as_utf8`, decoded with `surrogateescape`."""
    found = None if text.isascii() else _LONE.search(_escaped(text, encoding))
    return ord(found[0]) & 0xFF if found else None


def shown_text(data: bytes, encoding: str) -> str:
    r"""Bytes of such a stream as text, with each byte of the file that does not decode as `\xed`."""
    if encoding == "utf-8":
        return data.decode("utf-8", "backslashreplace")
    text = data.decode("utf-8", "surrogatepass")
    return _LONE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)


def raw_text(text: str, encoding: str) -> str:
    r"""A text with bytes that do not decode as it is kept: each of them as `\xed`, so that `raw_bytes` finds it again.

    `text` is as `undecodable_byte` takes it. A backslash that stands before such letters in the file is `\x5c`.
    """
    escaped = _LITERAL.sub(r"\\x5c", _escaped(text, encoding))
    return _LONE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", escaped)


def raw_bytes(raw: str, encoding: str) -> bytes:
    """The bytes of the file that `raw_text` has shown. Raises UnicodeEncodeError where that cannot be told."""
    text = _SHOWN.sub(lambda found: "\\" if found[1] == "5c" else chr(0xDC00 + int(found[1], 16)), raw)
    return text.encode(encoding, "surrogateescape")


def has_shown_bytes(raw: str) -> bool:
    """Whether it holds a byte as `raw_text` shows it."""
    return _SHOWN.search(raw) is not None


_LATIN_1: Final = codecs.lookup("latin-1").incrementaldecoder
_ASCII: Final = bytes(range(0x20, 0x7F)) + b"\r\n\t"
#: Control characters whose bytes are signs in cp1252.
_CONTROLS: Final = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
_LITERAL: Final = re.compile(r"\\(?=x[0-9a-f]{2})")
_SHOWN: Final = re.compile(r"\\x([0-9a-f]{2})")
_LONE: Final = re.compile("[\udc00-\udcff]")


def _escaped(text: str, encoding: str) -> str:
    """The text with one lone surrogate, U+DC00 + byte, for each byte of the file that does not decode."""
    if encoding == "utf-8":
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogatepass")


def _mark(head: bytes) -> tuple[bytes, str | None]:
    return next(
        ((mark, encoding) for mark, encoding in _BYTE_ORDER_MARKS if head.startswith(mark)), (b"", None)
    )


def _agree(declared: str, marked: str) -> bool:
    return declared == marked or (declared in _UTF8_NAMES and marked == "utf-8") or declared == marked[:6]


def _guessed_from_nulls(head: bytes, name: str) -> str:
    """UTF-8, unless every other byte is NUL: then it is UTF-16 without its mark, which must be declared."""
    even, odd = head[0:200:2].count(b"\0"), head[1:200:2].count(b"\0")
    half = len(head[:200]) // 2
    if half and max(even, odd) > half * 0.7 and min(even, odd) < half * 0.1:
        found = "utf-16-be" if even > odd else "utf-16-le"
        raise DeliveryError(
            f"{name}: line 1: every other byte is NUL: this looks like UTF-16 without a byte order mark",
            hint=f"add `encoding: {found}` to the delivery section of the mapping",
            line=1,
        )
    return "utf-8"


class _Transcoded:
    """Decodes piece by piece."""

    def __init__(self, stream: Readable, encoding: str, noticed: Noticed) -> None:
        self._stream = stream
        self._encoding, self._noticed = encoding, noticed
        #: Decodes the same as UTF-8, as long as that succeeds.
        self._utf8 = codecs.getincrementaldecoder("utf-8")() if holds_ascii(encoding) else None
        self._beyond_ascii = False
        self._has_controls = b"\x93".decode(encoding, "replace") == "\x93"
        self._decoder = codecs.getincrementaldecoder(encoding)("leadingest.keep")
        self._ready = b""
        self._ended = False

    def read(self, size: int, /) -> bytes:
        while not self._ready and not self._ended:
            raw = self._stream.read(_STEP)
            self._ended = not raw
            text = self._decoder.decode(raw, final=self._ended)
            self._watch(raw, text)
            self._ready = text.encode("utf-8", "surrogatepass")
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece

    def _watch(self, raw: bytes, text: str) -> None:
        if raw.isascii() and raw and not self._beyond_ascii:
            return
        self._beyond_ascii = self._beyond_ascii or not raw.isascii()
        if self._has_controls:
            self._noticed.controls += len(_CONTROLS.findall(text))
        if self._utf8:
            try:
                self._utf8.decode(raw, final=self._ended)
            except UnicodeDecodeError:
                self._utf8 = None
        if self._ended and self._beyond_ascii and self._utf8:
            self._noticed.misread_as = self._encoding
            self._noticed.controls = 0


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Each byte that does not decode becomes a lone surrogate, U+DC00 + byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("leadingest.keep", _keep)
