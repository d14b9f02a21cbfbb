"""Unpacking zst, with a word for an end that is cut off."""

from typing import IO, Final

#: Packed bytes given to the decoder at a time: what comes out stays bounded however well it is packed.
_STEP: Final = 4096


class ZstStream:
    """Unpacks zst frames one after the other; unlike the library's own reader it notices a cut-off end.

    `read` raises EOFError there, zstandard.ZstdError where the archive is damaged.
    """

    def __init__(self, file: IO[bytes]) -> None:
        import zstandard

        self._new_frame = zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new_frame()
        self._fresh = True
        self._file = file
        self._packed = b""
        self._ready = b""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none only at the end."""
        while not self._ready:
            packed = self._packed or self._file.read(_STEP)
            if not packed:
                if self._fresh:
                    return b""
                raise EOFError
            self._ready = self._frame.decompress(packed)
            self._fresh, self._packed = self._frame.eof, b""
            if self._frame.eof:
                self._packed = self._frame.unused_data
                self._frame = self._new_frame()
        piece, self._ready = self._ready[:size], self._ready[size:]
        return piece
