"""Rows gathered, and then gone through by key, in memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

#: Rows that are held in memory, about 60 bytes each; those before them are on disk.
IN_MEMORY = 500_000
#: Into how many parts a file can be cut by key: each part is read once, however many files there are.
_CUTS: Final = 1_024
#: Rows that are read at a time from a file.
_PIECE: Final = 8_192


class RowsByKey:
    """Gathers rows; `key` are the columns of which all rows that have the same are needed at once."""

    def __init__(self, key: Sequence[str]) -> None:
        self._key = list(key)
        self._held: list[pl.DataFrame] = []
        self._folder: TemporaryDirectory[str] | None = None
        self._files: list[_Sorted] = []
        self._seen = 0

    def add(self, rows: pl.DataFrame) -> None:
        """Take some rows, always of the same columns."""
        self._held.append(rows)
        self._seen += rows.height
        if sum(each.height for each in self._held) >= IN_MEMORY:
            self._put_on_disk()

    def parts(self) -> Iterator[pl.LazyFrame]:
        """All rows, in parts that have no key in common and fit into memory; to be gone through once."""
        try:
            yield from self._parts()
        finally:
            if self._folder:
                self._folder.cleanup()

    def _parts(self) -> Iterator[pl.LazyFrame]:
        if not self._files:
            if self._held:
                yield pl.concat(self._held).lazy()
            return
        self._put_on_disk()
        parts = min(self._seen // IN_MEMORY + 1, _CUTS)
        for first, last in pairwise(part * _CUTS // parts for part in range(parts + 1)):
            yield pl.concat([file.between(first, last) for file in self._files])

    def _put_on_disk(self) -> None:
        if not self._held:
            return
        self._folder = self._folder or TemporaryDirectory(prefix="leadingest-")
        rows, self._held = pl.concat(self._held), []
        self._files.append(_Sorted(Path(self._folder.name, f"{len(self._files)}.arrow"), rows, self._key))


class _Sorted:
    """Rows in a file, sorted by the cut that their key is in."""

    def __init__(self, file: Path, rows: pl.DataFrame, key: Sequence[str]) -> None:
        self._file = file
        cuts = rows.select(cut=hash_of(key) % _CUTS).to_series()
        rows[cuts.arg_sort()].write_ipc(file, record_batch_size=_PIECE)
        #: Where each cut begins, and where the last one ends.
        self._begins = (
            cuts.sort().search_sorted(pl.int_range(_CUTS + 1, dtype=pl.UInt64, eager=True)).to_list()
        )

    def between(self, first: int, last: int) -> pl.LazyFrame:
        """The rows of the cuts from the first to before the last."""
        begin, end = self._begins[first], self._begins[last]
        return pl.scan_ipc(self._file).slice(begin, end - begin)


def hash_of(key: Sequence[str]) -> pl.Expr:
    """A hash of the columns: the same for the same key within one process."""
    return (pl.col(key[0]) if len(key) == 1 else pl.struct(*key)).hash()
