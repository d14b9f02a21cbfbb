"""The bytes of a delivery as they were before packing. Unpacked as they are read, never as a whole."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Final

from leadingest.deliveries.byte_stream import Readable
from leadingest.deliveries.delivery import Delivery, unreadable
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import Compression

_MAGIC: Final[tuple[tuple[bytes, Compression], ...]] = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
#: Packed bytes given to the zst decoder at a time: what comes out stays bounded however well it is packed.
_ZST_STEP: Final = 4096


@contextmanager
def open_unpacked(delivery: Delivery, compression: Compression | None) -> Iterator[Readable]:
    """The content of the delivery; `compression` None looks at its first bytes.

    Raises DeliveryError when the file cannot be opened, is not packed as declared, or is a zip that does
    not hold exactly one file; its `read` raises DeliveryError where the archive is damaged or cut off.
    """
    try:
        file = delivery.path.open("rb")
    except OSError as error:
        raise unreadable(delivery.name, error) from error
    with ExitStack() as stack:
        stack.enter_context(file)
        kind = compression or _detected(file)
        try:
            plain = _unpacked(file, kind, stack, delivery.name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise _damaged(delivery.name, kind) from error
        yield _Checked(plain, delivery.name, kind)


def _detected(file: IO[bytes]) -> Compression:
    start = file.read(4)
    file.seek(0)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return "none" if kind == "zip" and _is_workbook(file) else kind
    return "none"


def _is_workbook(file: IO[bytes]) -> bool:
    """An xlsx file is a zip archive, too, and is not to be unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)


def _unpacked(file: IO[bytes], kind: Compression, stack: ExitStack, name: str) -> Readable:
    if kind == "gz":
        return stack.enter_context(gzip.GzipFile(fileobj=file))
    if kind == "zst":
        return _ZstStream(file)
    if kind == "zip":
        archive = stack.enter_context(zipfile.ZipFile(file))
        return stack.enter_context(archive.open(_only_member(archive, name)))
    return file


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    if len(members) != 1:
        held = ", ".join(member.filename for member in members[:5]) or "no file"
        more = f" and {len(members) - 5} more" if len(members) > 5 else ""
        raise DeliveryError(
            f"{name}: the zip archive must hold exactly one file, but holds {held}{more}",
            hint="unpack it and put the file of this source into the inbox",
        )
    return members[0]


class _ZstStream:
    """Unpacks zst frames one after the other; unlike the library's own reader it notices a cut-off end."""

    def __init__(self, file: IO[bytes]) -> None:
        import zstandard

        self._new_frame = zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new_frame()
        self._fresh = True
        self._file = file
        self._packed = b""
        self._ready = b""

    def read(self, size: int, /) -> bytes:
        while not self._ready:
            packed = self._packed or self._file.read(_ZST_STEP)
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


class _Checked:
    """Says in words what goes wrong while reading."""

    def __init__(self, stream: Readable, name: str, kind: Compression) -> None:
        self._stream = stream
        self._name = name
        self._kind = kind

    def read(self, size: int, /) -> bytes:
        try:
            return self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise _damaged(self._name, self._kind) from error
        except OSError as error:
            raise unreadable(self._name, error) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] == "zstandard":
                raise _damaged(self._name, self._kind) from error
            raise


def _damaged(name: str, kind: Compression) -> DeliveryError:
    if kind == "zip":
        said = "is damaged, cut off, encrypted or packed in an unusual way"
    else:
        said = "is damaged or cut off"
    return DeliveryError(
        f"{name}: the {kind} archive {said}",
        hint="ask for the file again; if it is not packed at all, set `compression: none` in the mapping",
    )
