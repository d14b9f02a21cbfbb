"""Rows of `loads` and `load_drift`, made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from leadingest.destinations.ledger import DriftClass, DriftRow, LoadRow

_FIRST = datetime(2026, 3, 2, tzinfo=UTC)


def load_row(number: int, loaded: int, **other: Any) -> LoadRow:
    """A load of so many leads, a week after the one before."""
    rejected, filtered = other.pop("rejected", 0), other.pop("filtered", 0)
    made_up: dict[str, Any] = {
        "load_id": number,
        "source_name": "acme",
        "load_table": "lead_sources",
        "status": "loaded",
        "file_name": "acme.csv",
        "file_size": 1,
        "file_sha256": "a" * 64,
        "mapping_hash": "m" * 64,
        "encoding": "utf-8",
        "records_read": loaded + rejected + filtered,
        "records_loaded": loaded,
        "records_rejected": rejected,
        "records_filtered": filtered,
        "invalid_values": 0,
        "extract_time": _FIRST + timedelta(weeks=number),
        "started_at": _FIRST,
        "finished_at": _FIRST,
        "reason": "",
        "run_by": "",
        "program_version": "1",
        "published": False,
    }
    return LoadRow(**{**made_up, **other})


def drift_row(load_id: int, kind_class: DriftClass, *, header: str = "Fax") -> DriftRow:
    """A column that is new, or something worse."""
    return DriftRow(
        code="DR101",
        name="new_column",
        kind_class=kind_class,
        header=header,
        expected="",
        found="column 9",
        advice="read it",
        load_id=load_id,
        source_name="acme",
        file_name="acme.csv",
        status="loaded",
        started_at=_FIRST,
        extract_time=_FIRST,
    )
