"""Cells that hold something, and shares of them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def filled_cells(cells: pl.Series, nulls: Sequence[str]) -> pl.Series:
    """The cells without white space at their ends, and without those that mean "no value"."""
    stripped = cells.str.strip_chars()
    return stripped.filter(~stripped.is_in(["", *nulls]))


def share(mask: pl.Series) -> float:
    """How much of the series is true, from 0 to 1; nothing of an empty one."""
    return int(mask.sum()) / mask.len() if mask.len() else 0.0
