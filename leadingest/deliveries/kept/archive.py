"""Every delivery that was loaded, packed, so that it can be loaded again under a mended mapping.

    archive/acme/20260801T120000Z_0123456789abcdef_acme.csv.zst

One folder for each source, one file for each content, named by the time of the list. What came packed stays
as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from leadingest.deliveries.byte_streams import WatchedStream, ZstStream
from leadingest.deliveries.compression import is_packed
from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.deliveries.kept.copies import (
    Writable,
    copies_of,
    copy_bytes,
    copy_delivery,
    harmless,
    kept_name,
)
from leadingest.errors import DeliveryError, NothingToDoError


class Archive:
    """The deliveries in a folder; what the disk refuses is raised as OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: str, delivery: Delivery, *, made: datetime) -> None:
        """Keep the delivery unless its content is there; `made`, an aware time, is when the list was made.

        Raises DeliveryError when the file is gone, or no longer the one that was loaded.
        """
        if copies_of(self.folder / source, delivery.sha256):
            return
        place = self.folder / source / kept_name(made, delivery.sha256, delivery.name)
        if is_packed(delivery):
            copy_delivery(delivery, place)
        else:
            copy_delivery(delivery, place.with_name(f"{place.name}.zst"), packing=_packing)

    @contextmanager
    def taken_out(self, source: str, sha256: str, *, name: str) -> Iterator[Delivery]:
        """The delivery as it came, under its name, in a file that lasts as long as the block.

        Raises NothingToDoError where it is not there, DeliveryError where the copy is damaged.
        """
        copies = copies_of(self.folder / source, sha256)
        if not copies:
            raise NothingToDoError(
                f"{name} is not in the archive {self.folder}",
                hint="the archive contains only what was loaded while LEADINGEST_ARCHIVE named this folder; if you have the file: "
                f"leadingest run --source {source} --file FILE",
            )
        copy = fingerprint(copies[0])
        if copy.sha256 == sha256:
            yield replace(copy, name=name)
            return
        with TemporaryDirectory(prefix="leadingest-") as folder:
            plain = Path(folder) / harmless(name)
            _unpack(copy, plain, sha256)
            yield replace(fingerprint(plain), name=name)


@contextmanager
def _packing(file: IO[bytes]) -> Iterator[Writable]:
    import zstandard

    compressor = zstandard.ZstdCompressor(write_checksum=True)
    with compressor.stream_writer(file, closefd=False) as packing:
        yield packing


def _unpack(copy: Delivery, plain: Path, sha256: str) -> None:
    with copy.path.open("rb") as file, plain.open("wb") as into:
        stream = WatchedStream(ZstStream(file), copy, damage=lambda: _damaged(copy.path))
        try:
            copy_bytes(stream, into, sha256=sha256, name=copy.name)
        except DeliveryError as error:
            raise _damaged(copy.path) from error
        changed = os.fstat(file.fileno()).st_mtime_ns
    os.utime(plain, ns=(changed, changed))


def _damaged(copy: Path) -> DeliveryError:
    return DeliveryError(
        f"{copy}: this copy in the archive is damaged", hint="ask for the delivery again and load that"
    )
