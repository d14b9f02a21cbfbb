"""The zip archive that a workbook is, and the parts in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import dirname, join, normpath
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO, Final
from xml.etree.ElementTree import Element  # only a name for types: parsing is defusedxml's

from leadingest.deliveries.byte_streams import HeadedStream, Readable, WatchedStream, most_unpacked
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.foreign_file import WORKBOOK, ZIP, Foreign, foreign_kind, refuse_empty
from leadingest.deliveries.zip_archive import open_member, open_zip
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

#: A part that is read as a whole, such as the styles, may have so many bytes.
_MOST_PART_BYTES: Final = 32 << 20
#: A workbook up to this size is held in memory while it is read, a larger one on disk.
_IN_MEMORY: Final = 32 << 20
#: A protected workbook says that it is one behind a table of its sectors, which is longer the larger it is.
_HEAD_SIZE: Final = 1 << 20
_STEP: Final = 1 << 20


@contextmanager
def open_workbook(delivery: Delivery, fmt: DeliveryFormat) -> Iterator[Package]:
    """The workbook that a delivery is, packed or not; raises DeliveryError when it is none."""
    with open_unpacked(delivery, fmt) as plain, SpooledTemporaryFile(_IN_MEMORY) as file:
        stream = HeadedStream(plain, _HEAD_SIZE)
        _refuse_other(stream, delivery.name)
        copy_to(file, stream, delivery.name)
        size = file.tell()
        try:
            with open_zip(file, delivery.name) as archive:
                yield Package(archive, delivery, size)
        except zipfile.BadZipFile as error:
            raise damaged_workbook(delivery.name) from error


def copy_to(file: IO[bytes], stream: Readable, name: str, *, most: int | None = None) -> None:
    """Copy the workbook in the stream: it must be sought in, which a packed one cannot be.

    Raises DeliveryError where there is no room, and for more than `most` bytes.
    """
    while piece := stream.read(_STEP):
        if most is not None and file.tell() + len(piece) > most:
            raise DeliveryError(
                f"{name}: the workbook is larger than {most >> 20} MiB, the limit for its format",
                hint="open it in a spreadsheet program and save it as xlsx",
            )
        try:
            file.write(piece)
        except OSError as error:
            raise DeliveryError(
                f"{name}: not enough space for a temporary copy of the workbook in {gettempdir()}",
                hint="free some space there, or name another folder with the environment variable TMPDIR",
            ) from error


def _refuse_other(stream: HeadedStream, name: str) -> None:
    refuse_empty(stream, name)
    kind = foreign_kind(stream.head)
    if kind is None and b"\0" not in stream.head:
        kind = Foreign("text", "name it .csv, or set `format: csv` in the delivery section of the mapping")
    if kind is None:
        raise DeliveryError(f"{name}: this is not a workbook (xlsx)", hint="ask for the file again")
    if kind not in (WORKBOOK, ZIP):
        instead = "" if "workbook" in kind.what else ", not a workbook (xlsx)"
        raise DeliveryError(f"{name}: this is {kind.what}{instead}", hint=kind.hint)


class Package:
    """The parts of a workbook by their path, which is compared without regard to case."""

    def __init__(self, archive: zipfile.ZipFile, delivery: Delivery, size: int) -> None:
        self._archive = archive
        self._delivery = delivery
        self._most = most_unpacked(size)
        self._parts = {member.filename.replace("\\", "/").lower(): member for member in archive.infolist()}
        #: The name of the delivery, for messages.
        self.name = delivery.name

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._parts

    @contextmanager
    def open(self, path: str) -> Iterator[Readable]:
        """The bytes of a part. Raises DeliveryError, as reading them does, when it is not there or damaged."""
        member = self._parts.get(path.lower())
        if member is None:
            raise self.damaged()
        try:
            part = open_member(self._archive, member, self.name)
        except zipfile.BadZipFile as error:
            raise self.damaged() from error
        with part:
            yield WatchedStream(part, self._delivery, damage=self.damaged, most=self._most)

    def xml(self, path: str) -> Element:
        """A small part, parsed. Raises DeliveryError when it is not there, too large or no XML."""
        from defusedxml import ElementTree

        with self.open(path) as part:
            content = HeadedStream(part, _MOST_PART_BYTES)
        if not content.whole:
            raise self.damaged()
        try:
            parsed: Element = ElementTree.fromstring(content.head, forbid_dtd=True)
        except (SyntaxError, ValueError) as error:
            raise self.damaged() from error
        return parsed

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by identifier, the last word of the kind of relation, and the path."""
        folder, _, file = path.rpartition("/")
        listing = f"{folder}/_rels/{file}.rels".lstrip("/")
        if listing not in self:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                normpath(join("/", dirname(path), relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.xml(listing)
        }

    def damaged(self) -> DeliveryError:
        """What to say when something in the workbook is not as it must be."""
        return damaged_workbook(self.name)


def damaged_workbook(name: str) -> DeliveryError:
    """What to say of a workbook that cannot be read."""
    return DeliveryError(
        f"{name}: the workbook is damaged, cut off or written in an unusual way",
        hint="open it in a spreadsheet program and save it again as xlsx",
    )
