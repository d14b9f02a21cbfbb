"""Which of several encodings a file is written in, and a file in UTF-8 of which a few lines are in another one."""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.encoding import holds_ascii, marked_encoding
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.plausible_encoding import MOST_WORDS, plausible, words_beyond_ascii
from leadingest.mapping.delivery_format import DeliveryFormat

_STEP: Final = 1 << 20
_LINES_STEP: Final = 1 << 18
#: A longer line is none of a list; it is handed on as it is.
_MOST_LINE_BYTES: Final = 16 << 20


class Fitting(NamedTuple):
    """The encoding to read a text file in: None where it is UTF-8, or what its byte order mark says."""

    encoding: str | None
    #: That of the few lines that are not in it, if there are any.
    other: str | None = None


def fitting_encoding(delivery: Delivery, fmt: DeliveryFormat) -> Fitting:
    """The encoding of a delivery.

    Of several that the mapping names it is the first in which the whole file decodes, unless its words have clearly
    more letters in one behind it that decodes it, too; else the last. A file of which
    most lines beyond ASCII are UTF-8 is UTF-8, if the mapping names that, and the next encoding is for the others. To
    find it out the file is read once for each but the last, and once more where it does not fit UTF-8.
    """
    if len(fmt.encoding) < 2:
        return Fitting(fmt.encoding[0] if fmt.encoding else None)
    with open_unpacked(delivery, fmt) as stream:
        if marked_encoding(stream.read(4)):
            return Fitting(None)
    for encoding, following in zip(fmt.encoding, fmt.encoding[1:], strict=False):
        if _fits(delivery, fmt, encoding):
            return Fitting(_likeliest(delivery, fmt, encoding))
        if encoding == "utf-8" and holds_ascii(following) and _mostly_utf8(delivery, fmt):
            return Fitting(encoding, following)
    return Fitting(fmt.encoding[-1])


def _likeliest(delivery: Delivery, fmt: DeliveryFormat, encoding: str) -> str:
    """The encoding, or one that the mapping names behind it, in which the words have clearly more letters."""
    behind = fmt.encoding[fmt.encoding.index(encoding) + 1 :]
    if encoding == "utf-8" or not behind:
        return encoding
    words: set[bytes] = set()
    with open_unpacked(delivery, fmt) as stream:
        while len(words) < MOST_WORDS and (piece := stream.read(_STEP)):
            words.update(words_beyond_ascii(piece))
    others = [each for each in behind if holds_ascii(each) and _fits(delivery, fmt, each)]
    return plausible(words, (encoding, *others))


def _fits(delivery: Delivery, fmt: DeliveryFormat, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with open_unpacked(delivery, fmt) as stream:
        try:
            while piece := stream.read(_STEP):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _mostly_utf8(delivery: Delivery, fmt: DeliveryFormat) -> bool:
    """Whether most lines with anything but ASCII are UTF-8."""
    fitting = others = 0
    cut_off = b""
    with open_unpacked(delivery, fmt) as stream:
        while piece := stream.read(_STEP):
            *lines, cut_off = (cut_off + piece).split(b"\n")
            if len(cut_off) > 16 * _STEP:
                return False
            for line in lines:
                if not line.isascii():
                    fits = is_utf8(line)
                    fitting, others = fitting + fits, others + (not fits)
    return fitting > others + (not is_utf8(cut_off))


class OtherEncoding:
    """A stream whose lines become UTF-8 where they are text in `other` only; how many they were is `noticed`.

    A line with signs of both encodings stays as it is: nobody can tell which is meant.
    """

    def __init__(self, stream: Readable, other: str, noticed: Noticed) -> None:
        self._stream, self._other, self._noticed = stream, other, noticed
        self._open = self._ready = b""
        self._ended = False

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at all only at the end."""
        while not self._ready and not self._ended:
            raw = self._stream.read(_LINES_STEP)
            self._ended = not raw
            data = self._open + raw
            whole = self._ended or len(data) > _MOST_LINE_BYTES
            end = len(data) if whole else data.rfind(b"\n") + 1
            self._ready, self._open = self._fixed(data[:end]), data[end:]
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece

    def _fixed(self, data: bytes) -> bytes:
        return data if is_utf8(data) else b"\n".join(map(self._line, data.split(b"\n")))

    def _line(self, line: bytes) -> bytes:
        if is_utf8(line) or not line.decode("utf-8", "ignore").isascii():
            return line
        try:
            text = line.decode(self._other)
        except UnicodeDecodeError:
            return line
        self._noticed.other_lines += 1
        self._noticed.other_encoding = self._other
        return text.encode()


def is_utf8(data: bytes) -> bool:
    """Whether the bytes decode."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
