"""The store of a lake. What it refuses becomes a DestinationError that names the lake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import BinaryIO

import polars as pl

from leadingest.destinations.lake.kinds import RowKind
from leadingest.destinations.lake.lead_files import scan
from leadingest.destinations.lake.state import StoredFile
from leadingest.errors import (
    BalanceError,
    DestinationError,
    DestinationLostError,
    DestinationSetupError,
    StoreBusyError,
    StoreConflictError,
    StoreError,
    StoreSetupError,
)
from leadingest.stores.store import Held, Listed, Store

#: What a StoreError means for a load.
_MEANING = {StoreBusyError: DestinationLostError, StoreSetupError: DestinationSetupError}


class LakeFiles:
    """Small objects, written with conditions, and Parquet files, each written once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: The keys of files that were there as the ledger says: they do not change any more.
        self._seen: set[str] = set()

    @property
    def url(self) -> str:
        """Where the lake lies."""
        return str(self._store.root)

    def at(self, key: str) -> str:
        """Where the object lies, for people."""
        return str(self._store.at(key))

    def read(self, key: str) -> Held | None:
        """An object and its tag; None where there is none."""
        with self._told():
            try:
                return self._store.read(key)
            except (FileNotFoundError, NotADirectoryError):
                return None

    def put(self, key: str, content: bytes, *, replacing: str | None) -> str:
        """Write an object on a condition, and give its tag. Raises StoreConflictError where it does not hold."""
        with self._told():
            return self._store.put(key, content, replacing=replacing)

    def listed(self, folder: str = "", *, after: str = "", most: int | None = None) -> list[Listed]:
        """The objects below the folder."""
        with self._told():
            return self._store.listed(folder, after=after, most=most)

    def delete(self, keys: Iterable[str]) -> None:
        """Take objects away, those that are not there included."""
        with self._told():
            self._store.delete(keys)

    @contextmanager
    def lock(self, key: str, *, wait: float) -> Iterator[bool]:
        """Hold what the key stands for; False where somebody else had it all along."""
        with ExitStack() as held:
            with self._told():
                acquired = held.enter_context(self._store.lock(key, wait=wait))
            yield acquired

    @contextmanager
    def written(self, key: str) -> Iterator[BinaryIO]:
        """A file to write in the block; it is there once the block is left."""
        with self._told(), self._store.written(key) as file:
            yield file

    def confirmed(self, file: StoredFile) -> StoredFile:
        """The file that was just written, as the store has it now, once its rows are counted there.

        Raises BalanceError where it holds others than were written.
        """
        with self._told():
            found = self._store.found(file.key)
        if found is None:
            raise DestinationError(f"{self.at(file.key)} was written, and is not there", hint="run again")
        held = int(self.collect(self._lazy(file.key).select(pl.len())).item())
        if held != file.rows:
            raise BalanceError(
                f"{self.at(file.key)} has {held} rows, expected {file.rows}",
                hint="nothing was published; run it again, and report it if it happens again",
            )
        self._seen.add(file.key)
        return file.model_copy(update={"size": found.size, "written": datetime.now(UTC)})

    def is_there(self, file: StoredFile) -> bool:
        """Whether the file is there as the ledger says."""
        with self._told():
            found = self._store.found(file.key)
        return found is not None and found.size == file.size

    def scan(self, file: StoredFile, kind: RowKind, columns: Collection[str] | None = None) -> pl.LazyFrame:
        """The rows of the file, all `columns` or these, with the types of our frames; a column that came later is blank.

        Raises DestinationError where it is not there, or not as the ledger says.
        """
        self._refuse_another(file)
        lazy = self._lazy(file.key)
        with self._read(file.key):
            there = lazy.collect_schema()
        return lazy.select(
            pl.col(name).cast(pl.Datetime("us", "UTC")).dt.replace_time_zone(None)
            if name in there and isinstance(dtype, pl.Datetime)
            else pl.col(name).cast(dtype)
            if name in there
            else pl.lit(None, dtype).alias(name)
            for name, dtype in kind.types.items()
            if columns is None or name in columns
        )

    def scan_all(self, files: Sequence[StoredFile], kind: RowKind, columns: Collection[str]) -> pl.LazyFrame:
        """These columns of the files, at least one, as they are kept and in that order: a thousand by one query.

        Raises DestinationError as `scan`.
        """
        for file in files:
            self._refuse_another(file)
        schema = {name: dtype for name, dtype in kind.parquet_types.items() if name in columns}
        with self._told():
            return scan(self._store, *(file.key for file in files), schema=schema)

    def collect(self, frame: pl.LazyFrame) -> pl.DataFrame:
        """The rows of a query of files."""
        with self._read(self.url):
            return frame.collect()

    def _lazy(self, key: str) -> pl.LazyFrame:
        with self._told():
            return scan(self._store, key)

    def _refuse_another(self, file: StoredFile) -> None:
        if file.key in self._seen:
            return
        with self._told():
            found = self._store.found(file.key)
        there = "is not there" if found is None else f"has {found.size:,} bytes"
        if found is None or found.size != file.size:
            raise DestinationError(
                f"{self.at(file.key)} {there}, and the ledger says that it has {file.size:,} bytes",
                hint="somebody changed the lake: put this file back, or publish another load with leadingest rollback",
            )
        self._seen.add(file.key)

    @contextmanager
    def _read(self, key: str) -> Iterator[None]:
        """Around what polars reads. What it says of a fault may quote a cell, and is not told."""
        try:
            yield
        except (pl.exceptions.PolarsError, OSError) as error:
            raise DestinationError(
                f"{self.at(key) if key != self.url else key} cannot be read: {type(error).__name__}",
                hint="check that all of the lake is there and that this user may read it",
            ) from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except StoreConflictError:
            raise
        except StoreError as error:
            raise _MEANING.get(type(error), DestinationError)(error.message, hint=error.hint) from error
        except OSError as error:
            if not error.strerror:
                raise
            raise DestinationError(
                f"the lake {self.url}: {error.strerror}",
                hint="check that the disk is not full, and that this user may write there; nothing was published",
            ) from error
