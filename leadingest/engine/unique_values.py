"""The `unique` check: what has been seen in earlier records of a delivery."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from leadingest.engine.plan import KEPT, failure_column


class UniqueValues:
    """Marks each value that an earlier record of the delivery has had; the first one stays.

    `codes` has the fields to look at, with the outcome's code. Every distinct value of theirs is kept in
    memory for as long as the delivery lasts. `seen` has values of each field that were there before.
    """

    def __init__(self, codes: Mapping[str, int], seen: Mapping[str, pl.Series] | None = None) -> None:
        self._codes = codes
        self._seen: dict[str, pl.Series] = dict(seen or {})

    def mark(self, mapped: pl.DataFrame) -> pl.DataFrame:
        """The batch with the values seen before taken out, and their failure code set."""
        for name, code in self._codes.items():
            failure = failure_column(name)
            value = mapped.select(pl.when(KEPT).then(name).alias(name))[name]
            seen = self._seen.get(name, value.clear())
            again = value.is_not_null() & (~value.is_first_distinct() | value.is_in(seen.implode()))
            mapped = mapped.with_columns(
                pl.when(again).then(None).otherwise(pl.col(name)).alias(name),
                pl.when(again).then(pl.lit(code, pl.UInt16)).otherwise(pl.col(failure)).alias(failure),
            )
            self._seen[name] = pl.concat([seen, value.filter(~again).drop_nulls()])
        return mapped
