"""The history of loads, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leadingest.destinations.ledger import LoadRow
from leadingest.ingest.result import how_to_approve
from leadingest.reports.problem import hinted, problem
from leadingest.reports.report import Block, Report, ReportTable, TableColumn, TextLine, Words
from leadingest.reports.wording import status_span
from leadingest.wording import number

_COLUMNS = (
    TableColumn("load", align="right"),
    TableColumn("source", fit="end"),
    TableColumn("file", fit="middle", may_go=True),
    TableColumn("started (UTC)"),
    TableColumn("read", align="right"),
    TableColumn("loaded", align="right"),
    TableColumn("rejected", align="right"),
    TableColumn("filtered", align="right", may_go=True),
    TableColumn("invalid\nvalues", align="right"),
    TableColumn("status"),
)


@dataclass(frozen=True)
class LoadsReport(Report):
    """A table of the loads; the one of each source that the view shows is called published."""

    loads: Sequence[LoadRow]
    title = "loads"

    def body(self) -> Iterator[Block]:
        if not self.loads:
            yield TextLine("no loads yet")
            return
        yield ReportTable(_COLUMNS, [_row(load) for load in self.loads])
        with_reason = [load for load in self.loads if load.reason]
        if with_reason:
            yield TextLine()
        for load in with_reason:
            yield from _reason(load)

    def data(self) -> dict[str, Any]:
        return {"loads": [_plain(load) for load in self.loads]}


def _row(load: LoadRow) -> list[Words]:
    return [
        str(load.load_id),
        load.source_name,
        load.file_name,
        f"{load.started_at:%Y-%m-%d %H:%M}",
        number(load.records_read),
        number(load.records_loaded),
        number(load.records_rejected),
        number(load.records_filtered),
        number(load.invalid_values),
        status_span("published" if load.published else load.status),
    ]


def _reason(load: LoadRow) -> Iterator[Block]:
    """Why a load failed or is held."""
    if load.status != "held":
        yield from problem(load.reason, about=f"load {load.load_id}")
        return
    yield TextLine(f"load {load.load_id} is held: {load.reason}")
    yield from hinted(how_to_approve(load.load_id, rejected=load.records_rejected))


def _plain(load: LoadRow) -> dict[str, Any]:
    return {
        "load_id": load.load_id,
        "source": load.source_name,
        "load_table": load.load_table,
        "status": load.status,
        "published": load.published,
        "file": load.file_name,
        "file_size": load.file_size,
        "file_sha256": load.file_sha256,
        "mapping_hash": load.mapping_hash,
        "read": load.records_read,
        "loaded": load.records_loaded,
        "rejected": load.records_rejected,
        "filtered": load.records_filtered,
        "invalid_values": load.invalid_values,
        "extract_time": load.extract_time,
        "started_at": load.started_at,
        "finished_at": load.finished_at,
        "reason": load.reason,
        "run_by": load.run_by,
        "encoding": load.encoding,
        "dialect": json.loads(load.dialect) if load.dialect else None,
        "program_version": load.program_version,
        "copy_of": load.original and {"database": load.original.database, "load_id": load.original.load_id},
    }
