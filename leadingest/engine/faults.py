"""Which values of a batch could not be read, and what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from leadingest.engine.plan import ROW, Plan, failure_column, fallible_fields
from leadingest.tables.rejects import INVALID_VALUES


def raw_record(records: pl.DataFrame, rows: pl.Series, labels: Sequence[str]) -> pl.Series:
    """The records of these rows, each as a JSON object of header to cell, in the order of the file."""
    return records[rows].select(_object(range(len(labels)), labels)).to_series()


def raw_value(
    records: pl.DataFrame, rows: pl.Series, columns: Sequence[int], labels: Sequence[str]
) -> pl.Series:
    """The cells that values of these rows came from; where each came from several, a JSON object of header to cell."""
    if not columns:
        return pl.Series([None] * rows.len(), dtype=pl.String)
    cells = records.select(str(position) for position in columns)[rows]
    return cells.to_series() if len(columns) == 1 else cells.select(_object(columns, labels)).to_series()


def _object(columns: Sequence[int], labels: Sequence[str]) -> pl.Expr:
    cells = [pl.col(str(position)).alias(labels[position]) for position in columns]
    return pl.struct(cells).struct.json_encode()


@dataclass(frozen=True)
class Batch:
    """Consecutive records as they came: text columns named "0", "1", …, and for each record its number and line."""

    records: pl.DataFrame
    numbers: pl.Series
    lines: Sequence[int]


@dataclass(frozen=True)
class Faults:
    """What could not be read: one row per value, with the row of its record, its field and its outcome.

    `rejecting` has for each rejected record the first of its fields, in the order of the mapping, that asks for
    it; `blanked` has all that the other records have lost, record by record.
    """

    rejecting: pl.DataFrame
    blanked: pl.DataFrame

    @property
    def holding(self) -> int:
        """The number of values for which the load is to be held."""
        return int((self.blanked["fate"] == "hold").sum())


class FaultFinder:
    """Tells the faults of mapped batches; `labels` are the headers of the delivery."""

    def __init__(self, plan: Plan, labels: Sequence[str]) -> None:
        self._plan, self._labels = plan, labels
        outcomes = plan.outcomes
        self._outcomes = pl.DataFrame(
            {
                "code": [each.code for each in outcomes],
                "rule": [each.rule for each in outcomes],
                "problem": [each.problem for each in outcomes],
                "fate": [each.fate for each in outcomes],
                "header": [", ".join(labels[position] for position in each.columns) for each in outcomes],
            },
            schema={"code": pl.UInt16, **dict.fromkeys(("rule", "problem", "fate", "header"), pl.String)},
        )

    def find(self, mapped: pl.DataFrame) -> Faults:
        """The faults among these rows of what the plan has made of a batch."""
        fields = fallible_fields(mapped)
        faulty = (pl.col(failure_column(field)) > 0 for field in fields)
        faults = (
            mapped.lazy()
            .filter(pl.any_horizontal(pl.lit(False), *faulty))
            .select(ROW, *(pl.col(failure_column(field)).alias(field) for field in fields))
            .unpivot(fields, index=ROW, variable_name="field", value_name="code")
            .cast({"code": pl.UInt16})
            .filter(pl.col("code") > 0)
            .join(self._outcomes.lazy(), on="code", maintain_order="left")
            .sort(ROW, maintain_order=True)
            .with_row_index("place")
            .collect(engine="in-memory")
        )
        rejecting = faults.filter(pl.col("fate") == "reject").unique(ROW, keep="first", maintain_order=True)
        return Faults(rejecting, faults.join(rejecting, on=ROW, how="anti", maintain_order="left"))

    def rejects(self, faults: Faults, batch: Batch) -> pl.DataFrame:
        """The rejected records, shaped as REJECTS."""
        rows = faults.rejecting[ROW]
        what = pl.when(pl.col("header") == "").then("field").otherwise("header")
        return faults.rejecting.select(
            batch.numbers.gather(rows).alias("record_number"),
            pl.Series("line_number", [batch.lines[row] for row in rows], dtype=pl.Int64),
            "field",
            "rule",
            pl.concat_str(what, "problem", separator=" ").alias("message"),
            raw_record(batch.records, rows, self._labels).alias("raw_record"),
        )

    def invalid_values(self, faults: Faults, batch: Batch) -> pl.DataFrame:
        """The values that were left blank, shaped as INVALID_VALUES."""
        blanked = faults.blanked.with_columns(
            batch.numbers.gather(faults.blanked[ROW]).alias("record_number")
        )
        # What one outcome stands for comes out of the same columns of the delivery.
        by_outcome = [self._with_raw_value(part, batch.records) for part in blanked.partition_by("code")]
        if not by_outcome:
            return pl.DataFrame(schema=INVALID_VALUES)
        return pl.concat(by_outcome).sort("place").select(INVALID_VALUES.keys())

    def _with_raw_value(self, part: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
        columns = self._plan.outcomes[part["code"][0] - 1].columns
        return part.with_columns(raw_value(records, part[ROW], columns, self._labels).alias("raw_value"))
