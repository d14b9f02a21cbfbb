"""The first records of a delivery, as recognisers look at them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.drafting.cells import filled_cells
from leadingest.drafting.column import Column
from leadingest.mapping.delivery_format import DeliveryFormat

#: A column with more different values than this is no value map.
MOST_MAPPED: Final = 60


@dataclass(frozen=True)
class Sample:
    """Some records of a delivery, and how the whole of it is read."""

    delivery: Delivery
    fmt: DeliveryFormat
    columns: tuple[Column, ...]
    records: int
    #: Whether these are all the records that there are.
    whole: bool
    #: The line on which the first record starts, counted from 1.
    first_line: int

    def ranked(self, meaning: str) -> list[Column]:
        """The filled columns whose headers may have this meaning, the surest first."""
        found = [column for column in self._by_meaning.get(meaning, ()) if column.distinct]
        return sorted(found, key=lambda column: -column.sure(meaning))

    def empty(self, meaning: str) -> list[Column]:
        """The columns without any value whose headers are known to have this meaning."""
        return [
            column
            for column in self._by_meaning.get(meaning, ())
            if not column.distinct and column.meanings[meaning].exact
        ]

    def likeliest(self, meaning: str, *, least: float = 0.7) -> Column | None:
        """The surest of them, where it is sure enough."""
        return next((column for column in self.ranked(meaning) if column.sure(meaning) >= least), None)

    @cached_property
    def _by_meaning(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            for meaning in column.meanings:
                found.setdefault(meaning, []).append(column)
        return found

    def every_value(self, column: Column) -> list[str]:
        """Every different value of the column in the whole delivery, those of the sample first.

        Raises DeliveryError where the delivery cannot be read to its end.
        """
        known: list[str] = column.values.to_list()
        return known if self.whole else list(dict.fromkeys([*known, *self._in_all_records[column.position]]))

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
