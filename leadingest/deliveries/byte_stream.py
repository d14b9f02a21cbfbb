"""Reading bytes in pieces, with a first piece that can be looked at again and again."""

from typing import Protocol


class Readable(Protocol):
    """Anything with read(size): at most `size` bytes, none at all only at the end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


class HeadedStream:
    """A stream whose first bytes, up to `head_size`, can be inspected as `head` before they are read."""

    def __init__(self, stream: Readable, head_size: int) -> None:
        self._stream = stream
        self._at = 0
        self.head = b""
        self.head = self.read(head_size)
        self._at = 0
        #: True when the head is all there is.
        self.whole = len(self.head) < head_size

    def skip(self, offset: int) -> None:
        """Read on from this offset of the head."""
        self._at = offset

    def read(self, size: int, /) -> bytes:
        """Exactly `size` bytes, fewer only at the end."""
        start = self.head[self._at : self._at + size]
        self._at += len(start)
        # One piece alone is handed on as it is: to join it with nothing would copy it.
        pieces = [start] if start else []
        missing = size - len(start)
        while missing > 0:
            piece = self._stream.read(missing)
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)
