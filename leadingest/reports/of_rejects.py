"""The rejects of a load, by reason, with some examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from leadingest.destinations.diagnostics import Reject, RejectGroup
from leadingest.destinations.ledger import LoadRow
from leadingest.reports.json_document import json_document
from leadingest.reports.of_error import hint_text
from leadingest.reports.printable import one_line
from leadingest.reports.table import TableColumn, counted, number, table_text
from leadingest.tables.rejects import READING

_COLUMNS = (
    TableColumn("rejects", align="right"),
    TableColumn("field"),
    TableColumn("rule"),
    TableColumn("record", align="right"),
    TableColumn("line", align="right"),
    TableColumn("message", cut="end"),
    TableColumn("as it came", cut="end", may_go=True),
)
#: Characters of a raw record that are shown where no terminal says how many there is room for.
_SHOWN = 120


def rejects_text(load: LoadRow, groups: Sequence[RejectGroup], *, width: int | None = None) -> str:
    """A table of the reasons, the most frequent first, and what to do about records that could not be read."""
    rejects = sum(group.count for group in groups)
    of = f"{counted(load.records_read, 'record')} of {one_line(load.file_name)}"
    head = f"{load.source_name}: load {load.load_id}: {number(rejects)} of {of} rejected\n"
    if not groups:
        return head
    rows = [row for group in groups for row in _rows(group)]
    return f"{head}\n{table_text(_COLUMNS, rows, width=width)}\n{''.join(_advice(load, groups, width))}"


def rejects_json(load: LoadRow, groups: Sequence[RejectGroup]) -> str:
    """The reasons as a JSON document: `load_id`, `source`, `file`, `read`, `rejected`, and `reasons` with `examples`."""
    return json_document(
        load_id=load.load_id,
        source=load.source_name,
        file=load.file_name,
        read=load.records_read,
        rejected=sum(group.count for group in groups),
        reasons=[asdict(group) for group in groups],
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
    return [str(example.record_number), line, example.message, one_line(example.raw_record)[:_SHOWN]]


def _advice(load: LoadRow, groups: Sequence[RejectGroup], width: int | None) -> Iterator[str]:
    for group in groups:
        if group.field is None and group.rule in READING:
            yield hint_text(f"{group.rule}: {READING[group.rule].hint}", width=width)
    yield hint_text(
        f"all of them, as a file to mend: leadingest rejects --load {load.load_id} --raw > mended.csv",
        width=width,
    )
