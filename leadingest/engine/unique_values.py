"""The `unique` check: what has been seen in earlier leads of a delivery."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from leadingest.engine.plan import KEPT, Plan, failure_column, fallible_fields


class UniqueValues:
    """Marks each value that an earlier lead of the delivery has; the first one stays.

    Records that are left out or rejected, for whatever reason, are no leads: their values do not count. Every
    distinct value of the fields that `plan` calls unique is kept in memory for as long as the delivery lasts.
    `seen` has values of each field that were there before.
    """

    def __init__(self, plan: Plan, seen: Mapping[str, pl.Series] | None = None) -> None:
        self._codes = plan.unique
        self._rejecting = [outcome.code for outcome in plan.outcomes if outcome.fate == "reject"]
        self._rejects = frozenset(name for name, code in self._codes.items() if code in self._rejecting)
        self._seen: dict[str, pl.Series] = dict(seen or {})

    def mark(self, mapped: pl.DataFrame) -> pl.DataFrame:
        """The batch with the values seen before taken out, and their failure code set."""
        if not self._codes:
            return mapped
        failures = (pl.col(failure_column(field)) for field in fallible_fields(mapped))
        rejected_before = pl.any_horizontal(
            pl.lit(False), *(each.is_in(self._rejecting) for each in failures)
        )
        is_lead = pl.col(KEPT) & ~rejected_before
        values = mapped.select(pl.when(is_lead).then(name).alias(name) for name in self._codes)
        again, rejected = self._again(values)
        row = pl.int_range(pl.len())
        for name, code in self._codes.items():
            failure, told = failure_column(name), row.is_in(sorted(again[name]))
            mapped = mapped.with_columns(
                pl.when(~told).then(name).alias(name),
                pl.when(told).then(pl.lit(code, pl.UInt16)).otherwise(failure).alias(failure),
            )
            new = values.filter(~row.is_in(sorted(again[name] | rejected)))[name].drop_nulls()
            self._seen[name] = pl.concat([self._seen_of(name, new), new])
        return mapped

    def _seen_of(self, name: str, like: pl.Series) -> pl.Series:
        return self._seen.get(name, like.clear())

    def _again(self, values: pl.DataFrame) -> tuple[dict[str, set[int]], set[int]]:
        """For each field the rows whose value an earlier lead has, and the rows that are rejected for that.

        Only records with a value that stands there twice are looked at one by one: whether one of them is a lead
        hangs on all of its unique values, and on which of the records before it are leads.
        """
        before = {
            name: values[name].is_in(self._seen_of(name, values[name]).implode()) for name in self._codes
        }
        twice = (values[name].is_duplicated() & values[name].is_not_null() for name in self._codes)
        contested = pl.select(pl.arg_where(pl.any_horizontal(*before.values(), *twice))).to_series()
        again: dict[str, set[int]] = {name: set() for name in self._codes}
        rejected: set[int] = set()
        taken: dict[str, set[object]] = {
            name: set(values[name].filter(seen)) for name, seen in before.items()
        }
        for row, record in zip(contested, values[contested].iter_rows(named=True), strict=True):
            told = {name for name, value in record.items() if value is not None and value in taken[name]}
            for name in told:
                again[name].add(row)
            if told & self._rejects:
                rejected.add(row)
                continue
            for name in self._codes:
                taken[name].add(record[name])
        return again, rejected
