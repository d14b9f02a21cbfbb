"""A lock in object storage: an object that whoever holds it writes again every few seconds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex
from threading import Event, Thread
from time import monotonic, sleep
from typing import Final

from leadingest.errors import StoreConflictError, StoreError
from leadingest.stores.store import Held, Store

#: Seconds between two beats.
_BEAT: Final = 10.0
#: Seconds without one until whoever holds a lease is thought to be gone.
EXPIRES: Final = 60.0
#: Seconds between two looks at a lease that somebody has.
_LOOK: Final = 1.0
#: What a lease says that nobody holds.
_FREE: Final = b"{}"


@contextmanager
def lease(store: Store, key: str, *, wait: float) -> Iterator[bool]:
    """Hold the lease for as long as the block lasts; False where somebody else had it all the `wait` seconds.

    Time is told by the clock of the store alone. Nobody is safe by it: whoever is stopped for a minute loses it without
    knowing. So what is written under it is written with a condition of its own.
    """
    held = _Lease(store, key)
    if not held.acquired(wait):
        yield False
        return
    with held:
        yield True


class _Lease:
    """The lease of one holder."""

    def __init__(self, store: Store, key: str) -> None:
        self._store, self._key, self._name = store, key, token_hex(8)
        self._beats, self._tag = 0, ""
        self._ended = Event()
        self._beating = Thread(target=self._beat, name="leadingest-lease", daemon=True)

    def __enter__(self) -> None:
        self._beating.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._beating.join()
        # Where it is somebody else's by now, or cannot be written, it is not for us to free.
        with suppress(StoreError):
            self._store.put(self._key, _FREE, replacing=self._tag)

    def acquired(self, wait: float) -> bool:
        """Whether it is ours, at the latest after so many seconds."""
        until = monotonic() + wait
        while not self._taken():
            left = until - monotonic()
            if left <= 0:
                return False
            sleep(min(_LOOK, left))
        return True

    def _taken(self) -> bool:
        try:
            found: Held | None = self._store.read(self._key)
        except FileNotFoundError:
            found = None
        if found and self._is_ours(found):
            # A write of which no answer came.
            self._tag = found.tag
            return True
        if found and found.content != _FREE and not self._is_silent():
            return False
        try:
            self._write(found.tag if found else None)
        except StoreConflictError:
            # Somebody was faster, or a write that was sent twice met itself.
            return self._is_ours_now()
        return True

    def _write(self, replacing: str | None) -> None:
        content = json.dumps({"holder": self._name, "beat": self._beats}).encode()
        self._tag = self._store.put(self._key, content, replacing=replacing)

    def _is_silent(self) -> bool:
        """Whether its last beat is too long ago, by what the store says is now."""
        clock = f"{self._key}.clock"
        self._store.put(clock, self._name.encode())
        last, now = self._store.found(self._key), self._store.found(clock)
        return bool(last and now and (now.changed - last.changed).total_seconds() > EXPIRES)

    def _is_ours(self, found: Held) -> bool:
        return self._name.encode() in found.content

    def _is_ours_now(self) -> bool:
        with suppress(FileNotFoundError):
            found = self._store.read(self._key)
            if self._is_ours(found):
                self._tag = found.tag
                return True
        return False

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT):
            self._beats += 1
            try:
                self._write(self._tag)
            except StoreConflictError:
                with suppress(StoreError):
                    if not self._is_ours_now():
                        return
            except StoreError:
                # The next one may reach it.
                continue
