"""Text files in any encoding, as a stream of UTF-8."""

import codecs
from typing import Final

from leadingest.deliveries.byte_stream import HeadedStream, Readable
from leadingest.errors import DeliveryError

_STEP: Final = 1 << 18
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_NAMES: Final = ("utf-8", "utf-8-sig", "ascii")


def as_utf8(stream: Readable, declared: str | None, name: str) -> tuple[Readable, str]:
    """The stream as UTF-8 without a byte order mark, and the encoding that was found or declared.

    What is UTF-8 already passes unchecked: `not_utf8` tells where it is wrong. The stream of another
    encoding raises DeliveryError with the line where it cannot be decoded.
    """
    headed = HeadedStream(stream, 4096)
    mark, marked = next(
        ((mark, encoding) for mark, encoding in _BYTE_ORDER_MARKS if headed.head.startswith(mark)),
        (b"", None),
    )
    encoding = declared or marked or _guessed_from_nulls(headed.head, name)
    if declared and marked and not _agree(declared, marked):
        raise DeliveryError(
            f"{name}: the file is marked as {marked}, but the mapping says `encoding: {declared}`",
            hint="leave `encoding` out of the mapping: the mark is found without it",
        )
    headed.skip(len(mark))
    if encoding in _UTF8_NAMES:
        return headed, "utf-8"
    if marked and encoding == "utf-16":
        encoding = marked
    return _Transcoded(headed, encoding, name), encoding


def not_utf8(data: bytes, name: str, first_line: int) -> DeliveryError | None:
    """What to say when bytes that start on `first_line` are not UTF-8; None where they are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        return _cannot_decode(data, error, name, line, "UTF-8")
    return None


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
    """Decodes piece by piece, counting lines to be able to say where it fails."""

    def __init__(self, stream: Readable, encoding: str, name: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._name = name
        self._line = 1
        self._ready = b""
        self._ended = False

    def read(self, size: int, /) -> bytes:
        while not self._ready and not self._ended:
            self._ready = self._decoded(self._stream.read(_STEP))
            self._line += self._ready.count(b"\n")
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece

    def _decoded(self, raw: bytes) -> bytes:
        self._ended = not raw
        try:
            return self._decoder.decode(raw, final=self._ended).encode("utf-8")
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(self._encoding)
            raise _cannot_decode(
                error.object, error, self._name, self._line + before.count("\n"), self._encoding
            ) from error
        except UnicodeEncodeError as error:
            raise DeliveryError(
                f"{self._name}: not {self._encoding}: it holds half a surrogate pair",
                hint="ask for the file again",
            ) from error


def _cannot_decode(
    data: bytes, error: UnicodeDecodeError, name: str, line: int, encoding: str
) -> DeliveryError:
    other = "latin-1" if encoding == "cp1252" else _decodes(data)
    hint = (
        f"add `encoding: {other}` to the delivery section of the mapping, if that is how the file was written"
    )
    if encoding != "UTF-8":
        hint = f"set `encoding` to the right one, perhaps {other}"
    return DeliveryError(
        f"{name}: line {line}: byte 0x{data[error.start]:02X} is not {encoding}", hint=hint, line=line
    )


def _decodes(data: bytes) -> str:
    """A Western encoding that takes these bytes; latin-1 takes any."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"
