"""Every delivery that was loaded, packed, so that it can be loaded again under a fixed mapping.

    archive/acme/20260801T120000Z_0123456789abcdef_acme.csv.zst

One folder for each source, one file for each content, named by the time of the list. What came packed stays
as it is, and so does an object that its bucket copies by itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

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
    parts_of,
    time_in_key,
)
from leadingest.errors import DeliveryError, NothingToDoError
from leadingest.stores.location import Location
from leadingest.stores.store import Store

#: What is put behind the name of a delivery that was packed.
_PACKED: Final = ".zst"
#: How names of copies begin; others are none.
_KEPT: Final = re.compile(r"\d{8}T\d{6}Z_[0-9a-f]+_")


class Archive:
    """The deliveries in a store; what the disk refuses is raised as OSError, what the bucket refuses as StoreError."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def keep(self, source: str, delivery: Delivery, *, made: datetime) -> None:
        """Keep the delivery unless its content is there; `made`, an aware time, is when the list was made.

        Raises DeliveryError when the file is gone, or no longer the one that was loaded.
        """
        if copies_of(self.store, source, delivery.sha256):
            return
        key = f"{source}/{kept_name(made, delivery.sha256, delivery.name)}"
        if delivery.origin and self.store.copied(delivery.origin, key):
            return
        if is_packed(delivery):
            copy_delivery(delivery, self.store, key)
        else:
            copy_delivery(delivery, self.store, f"{key}{_PACKED}", packing=_packing)

    @contextmanager
    def taken_out(self, source: str, sha256: str, *, name: str) -> Iterator[Delivery]:
        """The delivery as it came, under its name, in a file that lasts as long as the block.

        Raises NothingToDoError where it is not there, DeliveryError where the copy is damaged.
        """
        copies = copies_of(self.store, source, sha256)
        if not copies:
            raise NothingToDoError(
                f"{name} is not in the archive {self.store.root}",
                hint="the archive contains only what was loaded while LEADINGEST_ARCHIVE named this place; if you have the file: "
                f"leadingest run --source {source} --file FILE",
            )
        # Where a copy that the bucket made was in doubt, and could not be deleted, the one written after it is packed.
        chosen = max(copies, key=lambda each: each.endswith(_PACKED))
        with self._opened(chosen, sha256, name) as delivery:
            yield delivery

    def newest(self, source: str, most: int) -> list[str]:
        """The keys of the source's last deliveries, by the time of the list, the newest first."""
        times: dict[str, str] = {}
        for name in self.store.names(source):
            if _KEPT.match(name):
                # Of two copies of one content the packed one was written last, and is there for certain.
                digits, _ = parts_of(name)
                times[digits] = max(
                    name, times.get(digits, ""), key=lambda each: (each.endswith(_PACKED), each)
                )
        return [f"{source}/{name}" for name in sorted(times.values(), reverse=True)[:most]]

    @contextmanager
    def opened(self, key: str) -> Iterator[Delivery]:
        """The delivery of a key that `newest` gave, in a file that lasts as long as the block.

        Raises DeliveryError where the copy is damaged.
        """
        digits, name = parts_of(key)
        with self._opened(key, digits, name.removesuffix(_PACKED)) as delivery:
            yield delivery

    @contextmanager
    def _opened(self, chosen: str, sha256: str, name: str) -> Iterator[Delivery]:
        """The delivery whose hash is `sha256`, or begins so."""
        with (
            self.store.fetched(chosen, time_ns=time_in_key(chosen)) as path,
            TemporaryDirectory(prefix="leadingest-") as folder,
        ):
            copy = fingerprint(path)
            if not copy.sha256.startswith(sha256):
                plain = Path(folder) / harmless(name)
                _unpack(copy, plain, sha256, shown=self.store.at(chosen))
                copy = fingerprint(plain)
            yield replace(copy, name=name)


@contextmanager
def _packing(file: IO[bytes]) -> Iterator[Writable]:
    import zstandard

    compressor = zstandard.ZstdCompressor(write_checksum=True)
    with compressor.stream_writer(file, closefd=False) as packing:
        yield packing


def _unpack(copy: Delivery, plain: Path, sha256: str, *, shown: Location) -> None:
    with copy.path.open("rb") as file, plain.open("wb") as into:
        stream = WatchedStream(ZstStream(file), copy, damage=lambda: _damaged(shown))
        try:
            copy_bytes(stream, into, sha256=sha256, name=copy.name)
        except DeliveryError as error:
            raise _damaged(shown) from error
        changed = os.fstat(file.fileno()).st_mtime_ns
    os.utime(plain, ns=(changed, changed))


def _damaged(copy: Location) -> DeliveryError:
    return DeliveryError(
        f"{copy}: this copy in the archive is damaged", hint="ask for the delivery again and load that"
    )
