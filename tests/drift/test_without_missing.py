"""Tests of leadingest.drift.without_missing."""

from __future__ import annotations

from pathlib import Path

from leadingest.drift.without_missing import without_missing
from leadingest.mapping.read_mapping import read_mapping
from tests.drift.made_up_drift import DDL

MAPPING = """\
source: ohio
delivery: {match: "*.csv"}
let: {who: Contact}
fields:
  company: Name
  phone: [Phone, Tel]
  first_name: {from: who, person: first}
  schedule: {join: [Mon, Tue]}
"""


def test_only_what_is_missing_becomes_optional(tmp_path: Path) -> None:
    (tmp_path / "ohio.yaml").write_text(MAPPING, encoding="utf-8")
    mapping = without_missing(read_mapping(tmp_path / "ohio.yaml", ddl=DDL), ["Name", "Tel", "Mon"])
    assert {name: entry.optional for name, entry in mapping.fields.items()} == {
        "company": False,
        "phone": False,
        "first_name": False,
        "schedule": False,
    }
    assert mapping.let["who"].optional
    assert [part.optional for part in mapping.fields["schedule"].parts] == [False, True]
