"""Which keys the leads of a load share without being one lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from leadingest.tables.column import Column
from leadingest.tables.identity import ToldApart

#: Leads that are held in memory, about 60 bytes each; those before them are on disk.
IN_MEMORY = 500_000
#: Into how many parts a file can be cut by key: each part is read once, however many files there are.
_CUTS: Final = 1_024
#: Leads that are read at a time from a file.
_PIECE: Final = 8_192


class SharedKeys:
    """Gathers what tells the leads of one load apart, in memory that does not grow with it.

    `key` are the columns of the key that the mapping declares. Hashes alone are kept of names and numbers; those of
    polars serve, as they are compared within one process.
    """

    def __init__(self, told_apart: ToldApart, key: Sequence[Column]) -> None:
        self._applies = bool(told_apart.names)
        self._numbers = {f"number_{at}": text for at, text in enumerate(told_apart.number_texts(key))}
        self._held: list[pl.DataFrame] = []
        self._folder: TemporaryDirectory[str] | None = None
        self._files: list[_Sorted] = []
        self._seen = 0

    def add(self, leads: pl.DataFrame) -> None:
        """Look at some leads of the load: their `lead_key`, `name_hash` and fields."""
        if not self._applies or not self._numbers:
            return
        texts = leads.select("lead_key", "name_hash", **self._numbers).drop_nulls(["lead_key", "name_hash"])
        # Of a text that is worked out already: polars works out twice what stands twice in an expression.
        hashes = (
            pl.when(pl.col(name).is_not_null()).then(pl.col(name).hash()).alias(name)
            for name in self._numbers
        )
        numbered = texts.with_columns(hashes)
        self._held.append(numbered)
        self._seen += numbered.height
        if sum(each.height for each in self._held) >= IN_MEMORY:
            self._put_on_disk()

    def found(self) -> pl.DataFrame:
        """The keys, as `lead_key`, under which two leads have other names, and other numbers where both have one.

        Of leads with a number, some two differ in name and in number if not all have one name, nor all one number.
        """
        try:
            return pl.concat(
                [pl.DataFrame(schema={"lead_key": pl.String}), *map(self._shared, self._parts())]
            )
        finally:
            if self._folder:
                self._folder.cleanup()

    def _shared(self, leads: pl.LazyFrame) -> pl.DataFrame:
        names = pl.col("name_hash")
        told_apart = []
        for number in map(pl.col, self._numbers):
            with_number = names.filter(number.is_not_null())
            told_apart.append((with_number.min() != with_number.max()) & (number.min() != number.max()))
        # Most keys stand there once, which hashes tell sooner: two keys of one hash are kept apart all the same.
        several = leads.filter(pl.col("lead_key").hash().is_duplicated())
        by_key = several.group_by("lead_key").agg(pl.any_horizontal(told_apart).alias("shared"))
        return by_key.filter("shared").select("lead_key").collect()

    def _parts(self) -> Iterator[pl.LazyFrame]:
        """All leads, in parts that have no key in common and fit into memory."""
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
        leads, self._held = pl.concat(self._held), []
        self._files.append(_Sorted(Path(self._folder.name, f"{len(self._files)}.arrow"), leads))


class _Sorted:
    """Leads in a file, sorted by the cut that their key is in."""

    def __init__(self, file: Path, leads: pl.DataFrame) -> None:
        self._file = file
        cuts = leads.select(cut=pl.col("lead_key").hash() % _CUTS).to_series()
        leads[cuts.arg_sort()].write_ipc(file, record_batch_size=_PIECE)
        #: Where each cut begins, and where the last one ends.
        self._begins = (
            cuts.sort().search_sorted(pl.int_range(_CUTS + 1, dtype=pl.UInt64, eager=True)).to_list()
        )

    def between(self, first: int, last: int) -> pl.LazyFrame:
        """The leads of the cuts from the first to before the last."""
        begin, end = self._begins[first], self._begins[last]
        return pl.scan_ipc(self._file).slice(begin, end - begin)
