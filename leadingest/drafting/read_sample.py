"""Read the first records of a delivery, and say of each column what it looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.drafting.header_match import match_headers
from leadingest.drafting.sample import Sample, SampleColumn
from leadingest.drafting.shapes import SHAPES
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat

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


#: So many records are looked at; fewer where a file is so wide that they would be more cells than this.
_MOST_RECORDS: Final = 10_000
_MOST_CELLS: Final = 1_000_000
_LEAST_RECORDS: Final = 100
#: So many different values of a column are looked at, those that stand most often first.
_MOST_VALUES: Final = 500
#: Bytes read at a time: a sample does not need large blocks.
_BLOCK: Final = 1 << 18


def read_sample(delivery: Delivery, fmt: DeliveryFormat, meanings: Iterable[str]) -> Sample:
    """The sample, with the cells that mean "no value" found out and added to the format.

    Raises DeliveryError where the delivery cannot be read.
    """
    with open_records(delivery, fmt, block_size=_BLOCK) as records:
        headers = records.headers
        wanted = max(_LEAST_RECORDS, min(_MOST_RECORDS, _MOST_CELLS // max(len(headers), 1)))
        frames: list[pl.DataFrame] = []
        first_line, whole = 0, True
        for batch in records.batches():
            first_line = first_line or next(iter(batch.lines), 0)
            if sum(frame.height for frame in frames) >= wanted:
                whole = False
                break
            if batch.frame.height:
                frames.append(batch.frame)
    if not frames:
        raise DeliveryError(
            f"{delivery.name}: there are no records, only a header, and nothing can be told from it",
            hint="write the mapping by hand, or ask for the list again",
        )
    frame = pl.concat(frames)
    whole, frame = whole and frame.height <= wanted, frame.head(wanted)
    values = _different_values(frame)
    tokens = null_tokens(values)
    fmt = fmt.model_copy(update={"nulls": ("", *tokens)})
    columns = _columns(headers, values.filter(~pl.col("value").is_in(tokens)), meanings)
    return Sample(delivery, fmt, columns, frame.height, whole, first_line)


def _different_values(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each `column` and `value`, with how often it stands there: blank cells are left out."""
    cells = (
        frame.lazy().select(pl.all().str.strip_chars()).unpivot(variable_name="column", value_name="value")
    )
    return cells.filter(pl.col("value") != "").group_by("column", "value").len("times").collect()


def _columns(
    headers: Sequence[str], values: pl.DataFrame, meanings: Iterable[str]
) -> tuple[SampleColumn, ...]:
    found = (
        values.lazy()
        .group_by("column")
        .agg(pl.col("times").sum().alias("filled"), pl.len().alias("distinct"))
    )
    looked_at = (
        values.lazy()
        .sort(pl.col("times"), pl.col("value"), descending=[True, False])
        .group_by("column", maintain_order=True)
        .head(_MOST_VALUES)
        .with_columns(pl.col("value").str.contains(pattern).alias(shape) for shape, pattern in SHAPES.items())
        .group_by("column", maintain_order=True)
        .agg(pl.col("value"), pl.col("times"), *(pl.col(shape).mean() for shape in SHAPES))
    )
    seen = {row["column"]: row for row in found.join(looked_at, on="column").collect().iter_rows(named=True)}
    matches = match_headers(headers, meanings)
    columns = []
    for position, (header, label) in enumerate(zip(headers, labels(headers), strict=True)):
        row = seen.get(str(position), {"filled": 0, "distinct": 0, "value": [], "times": []})
        column = SampleColumn(
            position,
            header,
            label,
            filled=row["filled"],
            distinct=row["distinct"],
            values=pl.Series(row["value"], dtype=pl.String),
            times=pl.Series(row["times"], dtype=pl.Int64),
            shapes={shape: row.get(shape, 0.0) for shape in SHAPES},
            meanings=matches[position],
        )
        columns.append(column if header else replace(column, meanings={}))
    return tuple(columns)


def labels(headers: Sequence[str]) -> list[str]:
    """A name for each column that no other one has: `County`, `County 2`; `column 5` where it has none."""
    taken = {header for header in headers if header}
    names: list[str] = []
    for position, header in enumerate(headers, start=1):
        label = header
        if not header or header in names:
            name = header or f"column {position}"
            numbered = chain([name], (f"{name} {number}" for number in count(2)))
            label = next(each for each in numbered if each not in taken)
        taken.add(label)
        names.append(label)
    return names
