"""Made-up leads, rejects and invalid values, shaped as the engine gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from leadingest.destinations.ledger import Counts, NewLoad
from leadingest.engine.transform import INVALID_VALUES, REJECTS
from leadingest.tables.load_table import LoadTable, read_load_table

DDL = Path(__file__).parents[2] / "ddl"
TABLE: LoadTable = read_load_table(DDL / "lead_sources.yaml")
NO_REJECTS = pl.DataFrame(schema=REJECTS)
NO_INVALID_VALUES = pl.DataFrame(schema=INVALID_VALUES)
MARCH = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)


def new_load(source: str = "acme", *, digest: str = "a", extract_time: datetime = MARCH) -> NewLoad:
    """A delivery of the source; `digest` tells its bytes from those of another."""
    return NewLoad(source, f"{source}.csv", 1_234, digest * 64, "m" * 64, extract_time)


def counts(loaded: int, *, rejected: int = 0, filtered: int = 0, invalid_values: int = 0) -> Counts:
    """Counts that add up."""
    return Counts(loaded + rejected + filtered, loaded, rejected, filtered, invalid_values)


def leads(rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Leads with the fields given; records are numbered from 1, and a company is made up where none is given."""
    types: dict[str, pl.DataType] = {name: column.type.dtype for name, column in TABLE.columns.items()}
    full = [
        {"record_number": number, "company": f"Pine Tree {number}", **row}
        for number, row in enumerate(rows, start=1)
    ]
    schema = {"record_number": pl.Int64(), **types, "filled_fields": pl.Int16(), "lead_key": pl.String()}
    return pl.DataFrame(full, schema=schema).with_columns(pl.col("filled_fields").fill_null(1))
