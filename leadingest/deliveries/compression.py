"""The bytes of a delivery as they were before packing. Unpacked as they are read, never as a whole."""

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, Final

from leadingest.deliveries.byte_streams import Readable, WatchedStream, ZstStream, damaged, most_unpacked
from leadingest.deliveries.delivery import Delivery, refuse_changed, unreadable
from leadingest.deliveries.foreign_file import ZIP, foreign_kind
from leadingest.deliveries.zip_archive import chosen_member, open_member, open_zip
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import Compression, DeliveryFormat

_MAGIC: Final[tuple[tuple[bytes, Compression], ...]] = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
#: So much of a zip archive mostly tells whether it is an office document, which is not to be unpacked.
_HEAD_SIZE: Final = 1 << 16
#: Every such document has this part; it may be the last.
_OFFICE_PART: Final = "[Content_Types].xml"


@contextmanager
def open_unpacked(delivery: Delivery, fmt: DeliveryFormat) -> Iterator[Readable]:
    """The content of the delivery; without `compression` its first bytes tell how it is packed.

    Raises DeliveryError when the file cannot be opened, is not packed as declared, or is a zip archive that
    does not say which file is meant; its `read` raises it, too, as WatchedStream says.
    """
    with ExitStack() as stack:
        file = _opened(delivery, stack)
        kind = fmt.compression or _detected(file, delivery.name)
        with _in_words(delivery, kind):
            plain = _unpacked(file, kind, stack, delivery, fmt.member)
        most = None if kind == "none" else most_unpacked(delivery.size)
        yield WatchedStream(plain, delivery, damage=lambda: damaged(delivery.name, kind), most=most)


def inner_name(delivery: Delivery, fmt: DeliveryFormat) -> str:
    """The name of what was packed: that of the zip archive's file, else the delivery's own."""
    with ExitStack() as stack:
        file = _opened(delivery, stack)
        kind = fmt.compression or _detected(file, delivery.name)
        if kind != "zip":
            return delivery.name
        with _in_words(delivery, kind):
            archive = stack.enter_context(open_zip(file, delivery.name))
            return chosen_member(archive, fmt.member, delivery.name).filename


def is_packed(delivery: Delivery) -> bool:
    """Whether there is nothing to be gained by packing it: it is an archive, or an office document."""
    with ExitStack() as stack:
        head = _opened(delivery, stack).read(max(len(magic) for magic, _ in _MAGIC))
    return any(head.startswith(magic) for magic, _ in _MAGIC)


def _opened(delivery: Delivery, stack: ExitStack) -> IO[bytes]:
    try:
        return stack.enter_context(delivery.path.open("rb"))
    except OSError as error:
        raise unreadable(delivery.name, error) from error


@contextmanager
def _in_words(delivery: Delivery, kind: Compression) -> Iterator[None]:
    try:
        yield
    except zipfile.BadZipFile as error:
        refuse_changed(delivery)
        raise damaged(delivery.name, kind) from error
    except DeliveryError:
        refuse_changed(delivery)
        raise
    except OSError as error:
        raise unreadable(delivery.name, error) from error


def _detected(file: IO[bytes], name: str) -> Compression:
    head = file.read(_HEAD_SIZE)
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    packed = found != "zip" or not _is_office_document(file, head, name)
    file.seek(0)
    return found if found and packed else "none"


def _is_office_document(file: IO[bytes], head: bytes, name: str) -> bool:
    """Whether a zip archive is not packed but made of parts: told by its first parts, or by its list of them."""
    if foreign_kind(head) != ZIP:
        return True
    # What is wrong with an archive is said when it is unpacked.
    with suppress(zipfile.BadZipFile, DeliveryError), open_zip(file, name) as archive:
        return _OFFICE_PART in archive.namelist()
    return False


def _unpacked(
    file: IO[bytes], kind: Compression, stack: ExitStack, delivery: Delivery, member: str | None
) -> Readable:
    if kind == "gz":
        return stack.enter_context(gzip.GzipFile(fileobj=file))
    if kind == "zst":
        return ZstStream(file)
    if kind == "zip":
        archive = stack.enter_context(open_zip(file, delivery.name))
        return open_member(archive, chosen_member(archive, member, delivery.name), delivery.name)
    return file
