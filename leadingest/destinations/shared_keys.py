"""Which keys the leads of a load share without being one lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from leadingest.tables.column import Column
from leadingest.tables.identity import ToldApart

#: Leads that are held in memory, about 60 bytes each; those before them are on disk.
IN_MEMORY = 500_000


class SharedKeys:
    """Gathers what tells the leads of one load apart, in memory that does not grow with it.

    `key` are the columns of the key that the mapping declares. Hashes alone are kept of names and numbers; those of
    polars serve, as they are compared within one process.
    """

    def __init__(self, told_apart: ToldApart, key: Sequence[Column]) -> None:
        self._applies = bool(told_apart.names)
        self._numbers = [
            pl.when(text.is_not_null()).then(text.hash()).alias(f"number_{at}")
            for at, text in enumerate(told_apart.number_texts(key))
        ]
        self._held: list[pl.DataFrame] = []
        self._folder: TemporaryDirectory[str] | None = None
        self._files: list[Path] = []
        self._seen = 0

    def add(self, leads: pl.DataFrame) -> None:
        """Look at some leads of the load: their `lead_key`, `name_hash` and fields."""
        if not self._applies or not self._numbers:
            return
        with_key = leads.lazy().drop_nulls(["lead_key", "name_hash"])
        numbered = with_key.select("lead_key", "name_hash", *self._numbers).collect()
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
        for number in (pl.col(f"number_{at}") for at in range(len(self._numbers))):
            with_number = names.filter(number.is_not_null())
            told_apart.append((with_number.min() != with_number.max()) & (number.min() != number.max()))
        # Most keys stand there once, which hashes tell sooner: two keys of one hash are kept apart all the same.
        several = leads.filter(pl.col("lead_key").hash().is_duplicated())
        by_key = several.group_by("lead_key").agg(pl.any_horizontal(told_apart).alias("shared"))
        return by_key.filter("shared").select("lead_key").collect()

    def _parts(self) -> Iterator[pl.LazyFrame]:
        """All leads, in parts that have no key in common and fit into memory."""
        whole = [*map(pl.scan_ipc, self._files), *(frame.lazy() for frame in self._held)]
        parts = self._seen // IN_MEMORY + 1
        for part in range(parts if whole else 0):
            yield pl.concat(whole).filter(pl.col("lead_key").hash() % parts == part)

    def _put_on_disk(self) -> None:
        self._folder = self._folder or TemporaryDirectory(prefix="leadingest-")
        file = Path(self._folder.name, f"{len(self._files)}.arrow")
        pl.concat(self._held).write_ipc(file)
        self._files.append(file)
        self._held = []
