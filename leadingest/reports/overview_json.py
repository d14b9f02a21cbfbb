"""The state of all sources, for machines."""

from __future__ import annotations

from typing import Any

from leadingest.destinations.ledger import DriftRow, LoadRow
from leadingest.overview.overview import Overview
from leadingest.overview.shown_faults import ShownFaults
from leadingest.overview.source_state import SourceState
from leadingest.reports.json_document import json_document


def overview_json(overview: Overview) -> str:
    """A JSON document: `made_at`, `table`, `leads` and `sources`."""
    return json_document(
        made_at=overview.made_at,
        table=overview.table.name,
        leads=overview.leads,
        sources=[_source(source) for source in overview.sources],
    )


def _source(source: SourceState) -> dict[str, Any]:
    freshness = source.freshness
    return {
        "source": source.name,
        "about": source.about,
        "conditions": list(source.conditions),
        "leads": source.leads,
        "more_leads": source.more_leads,
        "delivered": freshness.delivered,
        "every": freshness.rhythm.every if freshness.rhythm else None,
        "due": freshness.due,
        "days_late": freshness.days_late,
        "problem": source.problem,
        "filled": source.filled,
        "faults": [_faults(each) for each in source.faults],
        "faults_of_load": source.told.load_id if source.told else None,
        "drift": [_drift(row) for rows in source.drift.values() for row in rows],
        "loads": [_load(load) for load in source.loads],
    }


def _faults(faults: ShownFaults) -> dict[str, Any]:
    return {"kind": faults.kind, "field": faults.field, "rule": faults.rule, "count": faults.count}


def _drift(row: DriftRow) -> dict[str, Any]:
    return {
        "load_id": row.load_id,
        "code": row.code,
        "name": row.name,
        "class": row.kind_class,
        "header": row.header,
        "expected": row.expected,
        "found": row.found,
        "advice": row.advice,
    }


def _load(load: LoadRow) -> dict[str, Any]:
    return {
        "load_id": load.load_id,
        "status": load.status,
        "published": load.published,
        "file": load.file_name,
        "extract_time": load.extract_time,
        "read": load.records_read,
        "loaded": load.records_loaded,
        "rejected": load.records_rejected,
        "filtered": load.records_filtered,
        "invalid_values": load.invalid_values,
        "reason": load.reason,
    }
