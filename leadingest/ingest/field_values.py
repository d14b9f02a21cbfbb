"""What the values of one field are like, gathered batch by batch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from leadingest.tables.types.base import stored_text

#: Distinct values of a field that are kept in memory; of more it is only said that there are more.
MOST_DISTINCT = 10_000
_MOST_EXAMPLES = 5


@dataclass(frozen=True)
class InvalidExample:
    """Cells, by header, that could not be read, the rule that refused them, and how often they came."""

    cells: Mapping[str, str]
    rule: str
    count: int


@dataclass(frozen=True)
class FieldSummary:
    """A field over all leads seen: how many have a value, how many cells could not be read, which values there are.

    `distinct` is exact unless `more` says that there are more. The most frequent values come first.
    """

    name: str
    filled: int
    invalid: int
    distinct: int
    more: bool
    examples: tuple[tuple[str, int], ...]
    invalid_examples: tuple[InvalidExample, ...]


class FieldValues:
    """Counts the values of a field."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._filled = self._invalid = 0
        self._values = _Counts(["value"])
        self._unread = _Counts(["raw_value", "header", "rule"])

    def add(self, leads: pl.DataFrame, invalid_values: pl.DataFrame) -> None:
        """Count the leads and invalid values of a batch."""
        values = leads.select(pl.col(self.name).alias("value")).drop_nulls()
        unread = invalid_values.filter(pl.col("field") == self.name).select("raw_value", "header", "rule")
        self._filled += values.height
        self._invalid += unread.height
        self._values.add(values)
        self._unread.add(unread)

    def summary(self) -> FieldSummary:
        """The counts so far."""
        return FieldSummary(
            name=self.name,
            filled=self._filled,
            invalid=self._invalid,
            distinct=self._values.distinct,
            more=self._values.more,
            examples=tuple((stored_text(value), count) for value, count in self._values.most_frequent()),
            invalid_examples=tuple(
                InvalidExample(_cells(raw or "", header), rule, count)
                for raw, header, rule, count in self._unread.most_frequent()
            ),
        )


def _cells(raw: str, header: str) -> dict[str, str]:
    """The raw value of one column, or the object of several that the engine writes."""
    try:
        cells = json.loads(raw)
    except ValueError:
        return {header: raw}
    several = isinstance(cells, dict) and len(cells) > 1 and ", ".join(cells) == header
    return cells if several else {header: raw}


class _Counts:
    """How often each row of values came, for as many distinct ones as there is room for."""

    def __init__(self, columns: list[str]) -> None:
        self._columns = columns
        self._counted: pl.DataFrame | None = None
        self.more = False

    @property
    def distinct(self) -> int:
        """Distinct rows that are kept."""
        return 0 if self._counted is None else self._counted.height

    def add(self, rows: pl.DataFrame) -> None:
        new = rows.group_by(self._columns).agg(pl.len().cast(pl.Int64).alias("times"))
        if self._counted is not None:
            together = pl.concat([self._counted, new])
            new = together.group_by(self._columns).agg(pl.col("times").sum())
        if new.height > MOST_DISTINCT:
            self.more = True
            new = self._ranked(new).head(MOST_DISTINCT)
        self._counted = new

    def most_frequent(self) -> Iterable[tuple[Any, ...]]:
        """The rows that came most often, each with its count."""
        return [] if self._counted is None else self._ranked(self._counted).head(_MOST_EXAMPLES).rows()

    def _ranked(self, counted: pl.DataFrame) -> pl.DataFrame:
        return counted.sort("times", *self._columns, descending=[True, *[False] * len(self._columns)])
