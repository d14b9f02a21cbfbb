"""The history of loads, newest first."""

import json
from collections.abc import Sequence

from leadingest.destinations.ledger import LoadRow
from leadingest.ingest.result import how_to_approve
from leadingest.reports.json_document import json_document
from leadingest.reports.of_error import error_text, hint_text
from leadingest.reports.printable import wrapped
from leadingest.reports.table import TableColumn, number, table_text
from leadingest.reports.wording import painted_status

_COLUMNS = (
    TableColumn("load", align="right"),
    TableColumn("source", cut="end"),
    TableColumn("file", cut="middle", may_go=True),
    TableColumn("started (UTC)"),
    TableColumn("read", align="right"),
    TableColumn("loaded", align="right"),
    TableColumn("rejected", align="right"),
    TableColumn("filtered", align="right", may_go=True),
    TableColumn("invalid\nvalues", align="right"),
    TableColumn("status", paint=painted_status),
)


def loads_text(loads: Sequence[LoadRow], *, width: int | None = None) -> str:
    """A table of the loads; the one of each source that the view shows is called published."""
    if not loads:
        return "no loads yet\n"
    return table_text(_COLUMNS, [_row(load) for load in loads], width=width) + _reasons(loads, width)


def loads_json(loads: Sequence[LoadRow]) -> str:
    """The loads as a JSON document: `loads`."""
    return json_document(loads=[_plain(load) for load in loads])


def _row(load: LoadRow) -> list[str]:
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
        "published" if load.published else load.status,
    ]


def _reasons(loads: Sequence[LoadRow], width: int | None) -> str:
    """Why loads failed or are held."""
    told = [_reason(load, width) for load in loads if load.reason]
    return "\n" + "".join(told) if told else ""


def _reason(load: LoadRow, width: int | None) -> str:
    if load.status != "held":
        return error_text(load.reason, about=f"load {load.load_id}", width=width)
    said = "\n  ".join(wrapped(f"load {load.load_id} is held: {load.reason}", width and width - 2))
    hint = how_to_approve(load.load_id, rejected=load.records_rejected)
    return f"{said}\n{hint_text(hint, width=width)}"


def _plain(load: LoadRow) -> dict[str, object]:
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
    }
