"""The rejects of a load, by reason, with some examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from leadingest.destinations.diagnostics import Reject, RejectGroup
from leadingest.destinations.ledger import LoadRow
from leadingest.reports.problem import hinted
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine
from leadingest.tables.rejects import READING
from leadingest.wording import counted, number

_COLUMNS = (
    TableColumn("rejects", align="right"),
    TableColumn("field"),
    TableColumn("rule"),
    TableColumn("record", align="right"),
    TableColumn("line", align="right"),
    TableColumn("message", fit="end"),
    TableColumn("as it came", fit="end", may_go=True),
)
#: Characters of a raw record that are shown where no terminal says how many there is room for.
_SHOWN = 120


@dataclass(frozen=True)
class RejectsReport(Report):
    """A table of the reasons, the most frequent first, and what to do about records that could not be read."""

    load: LoadRow
    groups: Sequence[RejectGroup]
    title = "rejects"

    def body(self) -> Iterator[Block]:
        load = self.load
        of = f"{counted(load.records_read, 'record')} of {load.file_name}"
        yield TextLine(f"{load.source_name}: load {load.load_id}: {number(self._rejects)} of {of} rejected")
        if self.groups:
            yield TextLine()
            yield ReportTable(_COLUMNS, [row for group in self.groups for row in _rows(group)])
            yield TextLine()
            yield from self._advice()

    def data(self) -> dict[str, Any]:
        return {
            "load_id": self.load.load_id,
            "source": self.load.source_name,
            "file": self.load.file_name,
            "read": self.load.records_read,
            "rejected": self._rejects,
            "reasons": [asdict(group) for group in self.groups],
        }

    @property
    def _rejects(self) -> int:
        return sum(group.count for group in self.groups)

    def _advice(self) -> Iterator[Block]:
        for group in self.groups:
            if group.field is None and group.rule in READING:
                yield from hinted(f"{group.rule}: {READING[group.rule].hint}")
        yield from hinted(
            f"write all as a file to correct: leadingest rejects --load {self.load.load_id} --raw > fixed.csv"
        )


def _rows(group: RejectGroup) -> Iterator[list[str]]:
    """The first row has the count, the others only further examples."""
    named = [number(group.count), group.field or "", group.rule]
    for example in group.examples or (None,):
        yield [*named, *_cells(example)]
        named = [""] * len(named)


def _cells(example: Reject | None) -> list[str]:
    if example is None:
        return [""] * 4
    line = "" if example.line_number is None else str(example.line_number)
    raw = " ".join(example.raw_record.split())
    return [str(example.record_number), line, example.message, raw[:_SHOWN]]
