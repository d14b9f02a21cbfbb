"""The diagnostics of loads in a lake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Final

import polars as pl

from leadingest.destinations.diagnostics import (
    PROFILES,
    DeliveredColumn,
    InvalidValue,
    InvalidValueGroup,
    Reject,
    RejectGroup,
)
from leadingest.destinations.lake.kinds import COLUMNS, DRIFT, INVALID, REJECTED, RowKind
from leadingest.destinations.lake.lake import Lake
from leadingest.destinations.ledger import DriftRow
from leadingest.tables.rejects import INVALID_VALUES, REJECTS

#: Rows of a batch of rejects, which may be long.
BATCH: Final = 2_000

_NUMBER: Final = "record_number"


class LakeDiagnostics:
    """Reads what a load has written beside its leads."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def rejects(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The rejects of the load by record number, shaped as REJECTS, in batches."""
        return self._batches(load_id, REJECTED, REJECTS)

    def numbered_rejects(self, load_id: int, numbers: Sequence[int]) -> pl.DataFrame:
        """The rejects of the load with these record numbers, in their order, shaped as REJECTS."""
        these = pl.col(_NUMBER).is_in(pl.Series(numbers, dtype=pl.Int64).implode())
        return self._collect(self._lake.scan(load_id, REJECTED).filter(these).select(*REJECTS).sort(_NUMBER))

    def invalid_values(self, load_id: int) -> Iterator[pl.DataFrame]:
        """The invalid values of the load by record number, shaped as INVALID_VALUES, in batches."""
        return self._batches(load_id, INVALID, INVALID_VALUES)

    def reject_groups(self, load_id: int, *, examples: int = 3) -> list[RejectGroup]:
        """The reasons of the load, the most frequent first, each with so many examples at most."""
        found = [
            RejectGroup(field, rule, count, tuple(_reject(row) for row in rows))
            for field, rule, count, rows in self._groups(load_id, REJECTED, examples)
        ]
        return sorted(found, key=lambda group: (-group.count, group.field or "", group.rule))

    def invalid_value_groups(self, load_id: int, *, examples: int = 3) -> list[InvalidValueGroup]:
        """The groups of the load, the largest first, each with so many examples at most."""
        found = [
            InvalidValueGroup(field, rule, count, tuple(_invalid_value(row) for row in rows))
            for field, rule, count, rows in self._groups(load_id, INVALID, examples)
        ]
        return sorted(found, key=lambda group: (-group.count, group.field, group.rule))

    def headers(self, load_id: int) -> list[str]:
        """The headers of the delivery of the load."""
        return [column.header for column in self.delivered_columns([load_id]).get(load_id, ())]

    def delivered_columns(self, load_ids: Collection[int]) -> dict[int, tuple[DeliveredColumn, ...]]:
        """Of each load the columns of its delivery, from left to right."""
        found: dict[int, tuple[DeliveredColumn, ...]] = {}
        for load_id in load_ids:
            columns = self._lake.scan(load_id, COLUMNS).filter(pl.col("position") > 0).sort("position")
            rows = self._collect(columns.select("header", "filled"))
            if rows.height:
                found[load_id] = tuple(DeliveredColumn(*row) for row in rows.iter_rows())
        return found

    def profiles(self, load_id: int) -> pl.DataFrame:
        """What is kept of the columns of a load, by position."""
        return self._collect(self._lake.scan(load_id, COLUMNS).sort("position").select(*PROFILES))

    def drift(
        self, *, source: str | None = None, load_id: int | None = None, limit: int = 20
    ) -> list[DriftRow]:
        """What the newest `limit` loads that drifted differed in, newest first, each in the order of its findings."""
        drifted = [
            (state.row_of(entry), file)
            for state in self._lake.ledgers.of(source)
            for entry in state.loads
            if (file := entry.file(DRIFT.name)) and load_id in (None, entry.load_id)
        ]
        newest = sorted(drifted, key=lambda each: -each[0].load_id)[:limit]
        if not newest:
            return []
        # They are small, and there may be thousands.
        found = self._lake.files.scan_all([file for _, file in newest], DRIFT, DRIFT.types)
        rows = self._collect(found).rows(named=True)
        ends = accumulate(file.rows for _, file in newest)
        return [
            DriftRow(
                **{name: value for name, value in row.items() if name not in ("class", "finding", "load_id")},
                kind_class=row["class"],
                **{name: getattr(load, name) for name in _OF_LOAD},
            )
            for (load, file), end in zip(newest, ends, strict=True)
            for row in sorted(rows[end - file.rows : end], key=lambda row: int(row["finding"]))
        ]

    def _batches(self, load_id: int, kind: RowKind, columns: Iterable[str]) -> Iterator[pl.DataFrame]:
        """The rows of the load as they lie in its file, which is by record number."""
        if file := self._lake.file(load_id, kind):
            rows = self._lake.files.scan(file, kind).select(*columns)
            for first in range(0, file.rows, BATCH):
                yield self._lake.files.collect(rows.slice(first, BATCH))

    def _groups(
        self, load_id: int, kind: RowKind, examples: int
    ) -> Iterator[tuple[Any, Any, int, list[dict[str, Any]]]]:
        """Field, rule, how many rows, and the first of them. What is long is only read of those that are wanted."""
        rows, group = self._lake.scan(load_id, kind), ["field", "rule"]
        counted = self._collect(
            rows.group_by(group).agg(pl.len(), pl.col(_NUMBER).sort().head(examples).alias("first"))
        )
        numbers = counted["first"].explode().drop_nulls().unique().implode()
        shown = self._collect(rows.filter(pl.col(_NUMBER).is_in(numbers)).sort(_NUMBER)) if examples else None
        for field, rule, count, first in counted.iter_rows():
            of_group = pl.col("field").eq_missing(pl.lit(field)) & (pl.col("rule") == rule)
            these = shown.filter(of_group, pl.col(_NUMBER).is_in(first)) if shown is not None else None
            yield field, rule, count, these.to_dicts() if these is not None else []

    def _collect(self, rows: pl.LazyFrame) -> pl.DataFrame:
        return self._lake.files.collect(rows)


#: What is told of the load with each difference.
_OF_LOAD: Final = ("load_id", "source_name", "file_name", "status", "started_at", "extract_time")


def _reject(row: dict[str, Any]) -> Reject:
    return Reject(row["record_number"], row["line_number"], row["message"], row["raw_record"] or "")


def _invalid_value(row: dict[str, Any]) -> InvalidValue:
    return InvalidValue(row["record_number"], row["header"], row["raw_value"] or "")
