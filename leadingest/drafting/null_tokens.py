"""Cells that mean "no value"."""

from __future__ import annotations

from typing import Final

import polars as pl

#: Signs and words by which lists say that there is nothing to say. None of them is a name or a code of its own;
#: `NA` may be one, and is only taken for nothing beside other values that are longer.
_NOTHING: Final = (
    "N/A",
    "n/a",
    "#N/A",
    "N/a",
    "NA",
    "NULL",
    "Null",
    "null",
    "nan",
    "NaN",
    "-",
    "--",
    "---",
    ".",
    "Unavailable",
    "UNAVAILABLE",
    "Not Available",
    "NOT AVAILABLE",
    "not available",
    "(   )   -",
    "(   )    -",
    "(null)",
    "TBD",
)
_CODES: Final = 3


def null_tokens(values: pl.DataFrame) -> list[str]:
    """The cells that mean nothing among `column` and `value`, in a fixed order."""
    found = values.filter(pl.col("value").is_in(_NOTHING))
    if found.is_empty():
        return []
    lengths = values.group_by("column").agg(pl.col("value").str.len_chars().max().alias("longest"))
    sure = found.join(lengths, on="column").filter((pl.col("value") != "NA") | (pl.col("longest") > _CODES))
    there = set(sure["value"].to_list())
    return [token for token in _NOTHING if token in there]
