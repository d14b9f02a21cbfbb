"""The types of a lake's columns, in the words of Delta and of Athena: those that every engine reads."""

from __future__ import annotations

from typing import Final, NamedTuple

import polars as pl


class EngineType(NamedTuple):
    """One type as the schema of a Delta table spells it, and as a CREATE TABLE of Athena does."""

    delta: str
    athena: str


_TYPES: Final = {
    pl.String: EngineType("string", "string"),
    pl.Int64: EngineType("long", "bigint"),
    pl.Boolean: EngineType("boolean", "boolean"),
    pl.Date: EngineType("date", "date"),
    pl.Datetime: EngineType("timestamp", "timestamp"),
}


def engine_type(dtype: pl.DataType) -> EngineType:
    """How engines call the type of a column of `file_types`."""
    if isinstance(dtype, pl.Decimal):
        exact = f"decimal({dtype.precision},{dtype.scale})"
        return EngineType(exact, exact)
    return _TYPES[type(dtype)]
