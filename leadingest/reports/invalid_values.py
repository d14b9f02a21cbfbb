"""The invalid values of a load: by field and rule with some examples, or all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from leadingest.destinations.diagnostics import InvalidValueGroup
from leadingest.destinations.ledger import LoadRow
from leadingest.reports.problem import hinted
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine
from leadingest.tables.rejects import INVALID_VALUES
from leadingest.wording import counted, number

_COLUMNS = (
    TableColumn("values", align="right"),
    TableColumn("field"),
    TableColumn("rule"),
    TableColumn("record", align="right"),
    TableColumn("header", fit="end"),
    TableColumn("as it came", fit="end"),
)
#: Characters of a cell that are shown where no terminal says how many there is room for.
_SHOWN = 120


@dataclass(frozen=True)
class InvalidValuesReport(Report):
    """A table of fields and rules, the most frequent first; `all_rows` gives every value, in batches."""

    load: LoadRow
    groups: Sequence[InvalidValueGroup]
    all_rows: Callable[[], Iterator[pl.DataFrame]]
    title = "invalid values"

    def body(self) -> Iterator[Block]:
        load = self.load
        values = counted(self._values, "invalid value")
        of = f"{counted(load.records_read, 'record')} of {load.file_name}"
        yield TextLine(f"{load.source_name}: load {load.load_id}: {values} in {of}")
        if self.groups:
            yield TextLine()
            yield ReportTable(_COLUMNS, [row for group in self.groups for row in _rows(group)])
            yield TextLine()
            yield from hinted(f"write all: leadingest invalid-values --load {load.load_id} --format csv")

    def data(self) -> dict[str, Any]:
        return {
            "load_id": self.load.load_id,
            "source": self.load.source_name,
            "file": self.load.file_name,
            "read": self.load.records_read,
            "invalid_values": self._values,
            "groups": [asdict(group) for group in self.groups],
        }

    def rows(self) -> Iterator[pl.DataFrame]:
        # There is a header where there is no value.
        yield pl.DataFrame(schema=INVALID_VALUES)
        yield from self.all_rows()

    @property
    def _values(self) -> int:
        return sum(group.count for group in self.groups)


def _rows(group: InvalidValueGroup) -> Iterator[list[str]]:
    """The first row has the count, the others only further examples."""
    named = [number(group.count), group.field, group.rule]
    for example in group.examples or (None,):
        cells = ["", "", ""]
        if example:
            came = " ".join(example.raw_value.split())[:_SHOWN]
            cells = [str(example.record_number), example.header, came]
        yield [*named, *cells]
        named = ["", "", ""]
