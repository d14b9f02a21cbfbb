"""What is kept of a load, kind by kind: the columns of its Parquet file, and the order of its rows.

The types are those that Athena, Spark, Trino and DuckDB read alike: text, 64-bit numbers, decimal, boolean, date, and
times in microseconds, UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from leadingest.destinations.diagnostics import PROFILES
from leadingest.destinations.lake.lead_files import KEY_IS_SHARED, type_in_file
from leadingest.destinations.leads import lead_types
from leadingest.tables.load_table import LoadTable
from leadingest.tables.rejects import INVALID_VALUES, REJECTS

#: Rows of a row group, by whose statistics a reader passes it over.
GROUP: Final = 61_440


@dataclass(frozen=True)
class RowKind:
    """One kind of rows. `types` are those of our frames, in the order of the columns."""

    name: str
    types: Mapping[str, pl.DataType]
    #: What rows are sorted by; the first of `key` tells them from others in time, too.
    order: tuple[str, ...]
    #: No two rows of a load have the same of these; the first is a number that grows from batch to batch.
    key: tuple[str, ...]
    group: int = GROUP
    #: Columns of which it is counted how many rows have a value; of which the least and the greatest value are told.
    counted: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The column by which rows are read in the order of the delivery."""
        return self.key[0]

    @property
    def parquet_types(self) -> dict[str, pl.DataType]:
        """The types in the file."""
        return {name: type_in_file(dtype) for name, dtype in self.types.items()}


def leads_kind(table: LoadTable) -> RowKind:
    """The leads of a load table. Sorted by state and key, so that who asks for one reads little."""
    types = lead_types(table) | {KEY_IS_SHARED: pl.Boolean()}
    order = tuple(name for name in ("state", "lead_key") if name in types)
    return RowKind(
        "leads",
        types,
        (*order, "source_record_number"),
        ("source_record_number",),
        counted=("source_name", *table.columns),
        bounded=tuple(name for name in ("source_name", "state") if types.get(name) == pl.String()),
    )


def _of_load(columns: Mapping[str, pl.DataType | type[pl.DataType]]) -> dict[str, pl.DataType]:
    made = {name: dtype() if isinstance(dtype, type) else dtype for name, dtype in columns.items()}
    return {"load_id": pl.Int64(), **made}


#: Raw records may be long.
REJECTED: Final = RowKind("rejects", _of_load(REJECTS), ("record_number",), ("record_number",), group=8_192)
INVALID: Final = RowKind(
    "invalid_values", _of_load(INVALID_VALUES), ("record_number", "field"), ("record_number", "field")
)
COLUMNS: Final = RowKind("profiles", _of_load(PROFILES), ("position",), ("position",))
_TEXTS: Final = ("code", "name", "class", "header", "expected", "found", "advice")
DRIFT: Final = RowKind(
    "drift",
    _of_load({"finding": pl.Int64(), **dict.fromkeys(_TEXTS, pl.String())}),
    ("finding",),
    ("finding",),
)
#: Beside the leads; drift stays when the others are removed.
BESIDE: Final = (REJECTED, INVALID, COLUMNS)
