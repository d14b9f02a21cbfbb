"""A preview as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from leadingest.ingest.field_values import FieldSummary
from leadingest.ingest.preview import Preview
from leadingest.ingest.record_view import RecordView
from leadingest.reports.json_document import json_document


def preview_json(preview: Preview) -> str:
    """What was read and counted, the `records` that are shown, and what each of the `fields` is like.

    `cells` of a record are an object of header to cell, or a text where the record could not be taken apart.
    """
    counts = preview.counts
    return json_document(
        source=preview.source,
        file=preview.file,
        whole=preview.whole,
        read=counts.read,
        leads=counts.loaded,
        rejected=counts.rejected,
        filtered=counts.filtered,
        invalid_values=counts.invalid_values,
        reject_counts=[asdict(each) for each in preview.reject_counts],
        invalid_value_counts=[asdict(each) for each in preview.invalid_value_counts],
        new_headers=list(preview.new_headers),
        records=[_record(record) for record in preview.records],
        fields=[_field(field) for field in preview.fields],
    )


def _record(record: RecordView) -> dict[str, Any]:
    return {
        "number": record.number,
        "line": record.line,
        "outcome": record.outcome,
        "cells": record.cells,
        "refusal": record.refusal and asdict(record.refusal),
        "fields": {
            field.name: {
                "value": field.value,
                "headers": list(field.cells),
                "invalid": field.invalid and {"rule": field.invalid.rule, "message": field.invalid.message},
            }
            for field in record.fields
        },
    }


def _field(field: FieldSummary) -> dict[str, Any]:
    return {
        "name": field.name,
        "filled": field.filled,
        "invalid": field.invalid,
        "distinct": field.distinct,
        "more": field.more,
        "examples": [{"value": value, "count": count} for value, count in field.examples],
        "invalid_examples": [asdict(each) for each in field.invalid_examples],
    }
