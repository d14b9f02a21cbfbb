"""Cells and records as they came, for rejects and invalid values."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


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
