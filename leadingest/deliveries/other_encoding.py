"""A file in UTF-8 of which a few lines are in another encoding."""

from __future__ import annotations

from typing import Final

from leadingest.deliveries.byte_stream import Readable
from leadingest.deliveries.noticed import Noticed

_STEP: Final = 1 << 18
#: A longer line is none of a list; it is handed on as it is.
_MOST_LINE_BYTES: Final = 16 << 20


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
            raw = self._stream.read(_STEP)
            self._ended = not raw
            data = self._open + raw
            whole = self._ended or len(data) > _MOST_LINE_BYTES
            end = len(data) if whole else data.rfind(b"\n") + 1
            self._ready, self._open = self._mended(data[:end]), data[end:]
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece

    def _mended(self, data: bytes) -> bytes:
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
