"""Cells and records as they came, for rejects and invalid values."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def raw_record(records: pl.DataFrame, labels: Sequence[str]) -> pl.Series:
    """Each record as a JSON object of header to cell, in the order of the file."""
    return records.select(_object(range(len(labels)), labels))["json"]


def raw_value(records: pl.DataFrame, columns: Sequence[int], labels: Sequence[str]) -> pl.Series:
    """The cell that a value came from; where it came from several, a JSON object of header to cell."""
    if len(columns) == 1:
        return records[str(columns[0])]
    if not columns:
        return pl.Series([None] * records.height, dtype=pl.String)
    return records.select(_object(columns, labels))["json"]


def _object(columns: Sequence[int], labels: Sequence[str]) -> pl.Expr:
    cells = [pl.col(str(position)).alias(labels[position]) for position in columns]
    return pl.struct(cells).struct.json_encode().alias("json")
