"""Tests of leadingest.reports.tests_json."""

from __future__ import annotations

import json
from pathlib import Path

from leadingest.errors import UsageError
from leadingest.ingest.check_mappings import TriedMapping
from leadingest.reports.tests_json import tried_json
from tests.reports.tried_mappings import tried_mapping


def test_the_document_has_each_test_with_its_differences(tmp_path: Path) -> None:
    found = tried_mapping(tmp_path, only=[1, 3], with_coverage=True)
    document = json.loads(tried_json([found, TriedMapping("utah", error=UsageError("no", hint="do"))]))
    ohio, utah = document["results"]
    coverage = ohio.pop("coverage")
    assert document["version"] == 1
    assert ohio == {
        "source": "ohio",
        "error": None,
        "updated": 0,
        "tests": [
            {
                "about": "",
                "place": {"file": "ohio.yaml", "line": 9, "column": 5},
                "passed": False,
                "differences": [
                    {"kind": "record", "expected": "a lead", "became": "rejected for company", "field": ""}
                ],
            },
            {
                "about": "",
                "place": {"file": "ohio.yaml", "line": 11, "column": 5},
                "passed": True,
                "differences": [],
            },
        ],
    }
    assert coverage["ways"] == 5
    assert coverage["untouched"][0] == {
        "kind": "alias",
        "of": "phone",
        "what": "Phone#",
        "place": {"file": "ohio.yaml", "line": 5, "column": 18},
    }
    assert utah == {"source": "utah", "error": "no\ndo", "updated": 0, "tests": [], "coverage": None}
