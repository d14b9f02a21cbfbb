"""Tests of leadingest.reports.preview_json."""

from __future__ import annotations

import json
from pathlib import Path

from leadingest.ingest.chosen_records import TheseRecords
from leadingest.reports.preview_json import preview_json
from tests.reports.previews import made_up_preview

CELLS = {
    "Name": "Pine",
    "Phone": "740-200-3001",
    "Ext": "12",
    "Place": "Akron",
    "Status": "Asleep",
    "License": "A2",
    "Places": "8",
    "E-mail": "none",
    "Kind": "Home",
    "Notes": "likes cats",
}


def test_the_document_has_all_that_the_preview_tells(tmp_path: Path) -> None:
    seen = made_up_preview(tmp_path, choice=TheseRecords(frozenset({2, 4})))
    document = json.loads(preview_json(seen))
    lead, reject = document.pop("records")
    fields = {field.pop("name"): field for field in document.pop("fields")}
    assert document == {
        "version": 1,
        "source": "ohio",
        "file": "ohio.csv",
        "whole": True,
        "read": 6,
        "leads": 3,
        "rejected": 2,
        "filtered": 1,
        "invalid_values": 4,
        "reject_counts": [
            {"field": "capacity", "rule": "integer", "count": 1},
            {"field": "company", "rule": "required", "count": 1},
        ],
        "invalid_value_counts": [
            {"field": "email", "rule": "email", "count": 1},
            {"field": "license_number", "rule": "unique", "count": 1},
            {"field": "license_status", "rule": "values", "count": 1},
            {"field": "phone", "rule": "phone", "count": 1},
        ],
        "new_headers": ["Notes"],
    }
    assert (lead["number"], lead["line"], lead["outcome"], lead["refusal"]) == (2, 3, "lead", None)
    assert lead["cells"] == CELLS
    assert lead["fields"]["capacity"] == {"value": 8, "headers": ["Places"], "invalid": None}
    assert lead["fields"]["license_status"] == {
        "value": None,
        "headers": ["Status"],
        "invalid": {"rule": "values", "message": "Status is not in the value map"},
    }
    assert reject["refusal"] == {
        "field": "company",
        "rule": "required",
        "message": "Name has no value, and must have one",
    }
    assert fields["license_status"] == {
        "filled": 2,
        "invalid": 1,
        "distinct": 1,
        "more": False,
        "examples": [{"value": "active", "count": 2}],
        "invalid_examples": [{"cells": {"Status": "Asleep"}, "rule": "values", "count": 1}],
    }
