"""`--format json`: for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadingest.drift.difference import CLASSES, Difference
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.json_document import json_document


def json(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A document with `version`, `sources` and `summary`."""
    return json_document(
        sources=[_source(drift) for drift in drifts],
        summary={
            "sources": len(drifts),
            **{each: sum(drift.count(each) for drift in drifts) for each in CLASSES},
            "fixable": sum(drift.fixable for drift in drifts),
            "mended": sum(drift.mended for drift in drifts),
        },
    )


def _source(drift: SourceDrift) -> dict[str, Any]:
    return {
        "source": drift.source,
        "file": drift.file,
        "mapping": drift.mapping,
        "records": drift.records,
        "load_id": drift.load_id,
        "differences": [_difference(each) for each in drift.differences],
        "mended": drift.mended,
        "error": drift.message,
        "hint": drift.hint,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    told = difference.told
    return {
        "code": difference.code,
        "name": difference.name,
        "on_drift": difference.word,
        "class": told.kind_class,
        "column": told.header,
        "expected": told.expected,
        "found": told.found,
        "advice": told.advice,
        "fixable": bool(told.fixes),
    }
