"""Tests of leadingest.reports.explanation_json."""

from __future__ import annotations

import json
from pathlib import Path

from leadingest.ingest.explain import explain_record
from leadingest.reports.explanation_json import explanation_json
from tests.engine.trial import TODAY
from tests.ingest.made_up_delivery import made_up


def test_the_document_tells_each_word(tmp_path: Path) -> None:
    mapping, delivery = made_up(tmp_path)
    found = explain_record(mapping, delivery, 2, today=TODAY, fields=["license_status"])
    document = json.loads(explanation_json(found))
    (field,) = document.pop("fields")
    assert document.pop("cells")["Name"] == "Pine"
    assert document == {
        "version": 1,
        "source": "ohio",
        "file": "ohio.csv",
        "record": 2,
        "line": 3,
        "outcome": "lead",
        "refusal": None,
        "where": "Kind <> 'Bar'",
        "lead_key": "phone=+17402003001 x12",
        "let": [],
    }
    assert field == {
        "name": "license_status",
        "place": {"file": "ohio.yaml", "line": 10, "column": 3},
        "reads": [{"name": "Status", "value": "Asleep", "there": True, "let": False, "named": []}],
        "when": None,
        "parts": [],
        "words": [
            {"word": "from", "said": "", "value": "Asleep"},
            {"word": "values", "said": "{Open: active, Shut: closed}, otherwise: invalid", "value": None},
            {"word": "text", "said": "", "value": None},
        ],
        "checks": {},
        "value": None,
        "failure": {"rule": "values", "message": "Status is not in the value map", "fate": "blank"},
    }
