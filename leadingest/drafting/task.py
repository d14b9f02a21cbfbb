"""What a recogniser is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from leadingest.drafting.column import Column
from leadingest.drafting.sample import Sample
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.base import ColumnType


@dataclass(frozen=True)
class Task:
    """A sample of a delivery, and the load table that its mapping is to fill."""

    sample: Sample
    table: LoadTable
    #: The day of the draft, by which two-digit years are placed.
    today: date

    def share_read(self, column: Column, as_type: ColumnType) -> float:
        """The share of the column's cells that can be read as the type, of those whose values are looked at."""
        if column.values.is_empty():
            return 0.0
        cells = pl.DataFrame({"value": column.values, "times": column.times})
        read = as_type.parse(pl.col("value"), today=self.today).is_not_null()
        return float(cells.select(pl.col("times").filter(read).sum() / pl.col("times").sum()).item())

    def has(self, *fields: str) -> bool:
        """Whether the load table has all of these fields."""
        return all(field in self.table.columns for field in fields)
