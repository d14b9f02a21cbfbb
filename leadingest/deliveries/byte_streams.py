"""Reading bytes in pieces: looked at before they are read, out of zst, and watched for damage, a bomb, a file that changes."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Final, Protocol

from leadingest.deliveries.delivery import Delivery, refuse_changed, unreadable
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import Compression

#: Packed bytes given to the decoder at a time: what comes out stays bounded however well it is packed.
_STEP: Final = 4096
#: A delivery may unpack to so many times its size, or to so many bytes if that is more. Lists of leads
#: come out at 5 to 50 times; gz packs nothing more than 1,032 times, zst and bz2 know no limit.
MOST_TIMES: Final = 250
LEAST_REFUSED_BYTES: Final = 64 << 20


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


class WatchedStream:
    """Says in words what goes wrong while a delivery is read and unpacked.

    `read` raises DeliveryError where the file cannot be read, is damaged (which `damage` words), or unpacks
    to more than `most` bytes; and at its end, when it is no longer the file whose fingerprint was taken.
    """

    def __init__(
        self,
        stream: Readable,
        delivery: Delivery,
        *,
        damage: Callable[[], DeliveryError],
        most: int | None = None,
    ) -> None:
        self._stream = stream
        self._delivery = delivery
        self._damage = damage
        self._left = most

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none only at the end."""
        piece = self._piece(size)
        if self._left is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise too_much(self._delivery.name)
        if not piece:
            refuse_changed(self._delivery)
        return piece

    def _piece(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (EOFError, zlib.error, lzma.LZMAError, struct.error, zipfile.BadZipFile) as error:
            raise self._damaged() from error
        except OSError as error:
            # gzip and bz2 say that they cannot go on with an OSError that is not the system's.
            if error.errno is None:
                raise self._damaged() from error
            raise unreadable(self._delivery.name, error) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] == "zstandard":
                raise self._damaged() from error
            raise

    def _damaged(self) -> DeliveryError:
        refuse_changed(self._delivery)
        return self._damage()


def most_unpacked(size: int) -> int:
    """How many bytes may come out of an archive of this size."""
    return max(MOST_TIMES * size, LEAST_REFUSED_BYTES)


def too_much(name: str) -> DeliveryError:
    """What to say of an archive that unpacks to more than that."""
    return DeliveryError(
        f"{name}: unpacks to more than {MOST_TIMES} times its size, like an archive made to do harm",
        hint="check it; if it is a list, unpack it and put the file in the inbox",
    )


def too_many_texts(name: str) -> DeliveryError:
    """What to say of a workbook whose cells hold more than that."""
    return DeliveryError(
        f"{name}: its cells hold more than {MOST_TIMES} times its size, like a workbook made to do harm",
        hint="check it; if it is a list, save it as CSV and put that in the inbox",
    )


def damaged(name: str, kind: Compression) -> DeliveryError:
    """What to say of an archive that cannot be unpacked."""
    return DeliveryError(
        f"{name}: the {kind} archive is damaged or cut off",
        hint="ask for the file again; if it is not compressed, set `compression: none` in the mapping",
    )
