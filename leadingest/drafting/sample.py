"""What a recognizer is given: a sample of a delivery with its columns, and the load table to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.drafting.header_match import MeaningMatch
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.base import ColumnType


def filled_cells(cells: pl.Series, nulls: Sequence[str]) -> pl.Series:
    """The cells without white space at their ends, and without those that mean "no value"."""
    stripped = cells.str.strip_chars()
    return stripped.filter(~stripped.is_in(["", *nulls]))


def share(mask: pl.Series) -> float:
    """How much of the series is true, from 0 to 1; nothing of an empty one."""
    return int(mask.sum()) / mask.len() if mask.len() else 0.0


@dataclass(frozen=True, eq=False)
class SampleColumn:
    """What is known of a column. `shapes` are shares of its different values, from 0 to 1."""

    position: int
    #: As the file has it; may be blank or stand twice.
    header: str
    #: A name that no other column has.
    label: str
    #: In how many records it has a value.
    filled: int
    #: How many different values it has.
    distinct: int
    #: The different values, those that stand most often first; white space at their ends is cut.
    values: pl.Series
    #: How often each of them stands there.
    times: pl.Series
    shapes: dict[str, float]
    #: What the header may mean.
    meanings: dict[str, MeaningMatch]

    def looks(self, *shapes: str, least: float = 0.8) -> bool:
        """Whether most of its values have one of the shapes."""
        return self.distinct > 0 and max(self.shapes[shape] for shape in shapes) >= least

    def sure(self, meaning: str) -> float:
        """How sure the header has this meaning, up to 1; 0 where it has not."""
        match = self.meanings.get(meaning)
        return match.score if match else 0.0


#: A column with more different values than this is no value map.
MOST_MAPPED: Final = 60


@dataclass(frozen=True)
class Sample:
    """Some records of a delivery, and how the whole of it is read."""

    delivery: Delivery
    fmt: DeliveryFormat
    columns: tuple[SampleColumn, ...]
    records: int
    #: Whether these are all the records that there are.
    whole: bool
    #: The line on which the first record starts, counted from 1.
    first_line: int

    def ranked(self, meaning: str) -> list[SampleColumn]:
        """The filled columns whose headers may have this meaning, the surest first."""
        found = [column for column in self._by_meaning.get(meaning, ()) if column.distinct]
        return sorted(found, key=lambda column: -column.sure(meaning))

    def empty(self, meaning: str) -> list[SampleColumn]:
        """The columns without any value whose headers are known to have this meaning."""
        return [
            column
            for column in self._by_meaning.get(meaning, ())
            if not column.distinct and column.meanings[meaning].exact
        ]

    def likeliest(self, meaning: str, *, least: float = 0.7) -> SampleColumn | None:
        """The surest of them, where it is sure enough."""
        return next((column for column in self.ranked(meaning) if column.sure(meaning) >= least), None)

    @cached_property
    def _by_meaning(self) -> dict[str, list[SampleColumn]]:
        found: dict[str, list[SampleColumn]] = {}
        for column in self.columns:
            for meaning in column.meanings:
                found.setdefault(meaning, []).append(column)
        return found

    def every_value(self, column: SampleColumn) -> list[str]:
        """Every different value of the column in the whole delivery, those of the sample first.

        Raises DeliveryError where the delivery cannot be read to its end.
        """
        values: list[str] = column.values.to_list()
        return (
            values if self.whole else list(dict.fromkeys([*values, *self._in_all_records[column.position]]))
        )

    @cached_property
    def _in_all_records(self) -> dict[int, list[str]]:
        """The values of all columns that may become value maps: the delivery is gone through once, when first asked."""
        seen: dict[int, set[str]] = {
            column.position: set() for column in self.columns if 0 < column.distinct <= MOST_MAPPED
        }
        with open_records(self.delivery, self.fmt) as records:
            for batch in records.batches():
                for position, values in seen.items():
                    values.update(filled_cells(batch.frame[str(position)], self.fmt.nulls).unique().to_list())
        return {position: sorted(values) for position, values in seen.items()}


@dataclass(frozen=True)
class Task:
    """A sample of a delivery, and the load table that its mapping is to fill."""

    sample: Sample
    table: LoadTable
    #: The day of the draft, by which two-digit years are placed.
    today: date

    def share_read(self, column: SampleColumn, as_type: ColumnType) -> float:
        """The share of the column's cells that can be read as the type, of those whose values are looked at."""
        if column.values.is_empty():
            return 0.0
        cells = pl.DataFrame({"value": column.values, "times": column.times})
        read = as_type.parse(pl.col("value"), today=self.today).is_not_null()
        return float(cells.select(pl.col("times").filter(read).sum() / pl.col("times").sum()).item())

    def has(self, *fields: str) -> bool:
        """Whether the load table has all of these fields."""
        return all(field in self.table.columns for field in fields)
