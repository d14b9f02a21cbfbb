"""Which keys the leads of a load share without being one lead."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from leadingest.tables.column import Column
from leadingest.tables.identity import ToldApart
from leadingest.tables.rows_by_key import RowsByKey


class SharedKeys:
    """Gathers what tells the leads of one load apart, in memory that does not grow with it.

    `key` are the columns of the key that the mapping declares. Hashes alone are kept of names and numbers; those of
    polars serve, as they are compared within one process.
    """

    def __init__(self, told_apart: ToldApart, key: Sequence[Column]) -> None:
        self._applies = bool(told_apart.names)
        self._numbers = {f"number_{at}": text for at, text in enumerate(told_apart.number_texts(key))}
        self._leads = RowsByKey(["lead_key"])

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
        self._leads.add(texts.with_columns(hashes))

    def found(self) -> pl.DataFrame:
        """The keys, as `lead_key`, under which two leads have other names, and other numbers where both have one.

        Of leads with a number, some two differ in name and in number if not all have one name, nor all one number.
        """
        none = pl.DataFrame(schema={"lead_key": pl.String})
        return pl.concat([none, *map(self._shared, self._leads.parts())])

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
