"""Tests of the rule LI506."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import lint_example

EXAMPLE = """\
# mappings/acme.yaml
fields:
  company: Name
  license_status: {{from: Status, values: {{Open: active, Closed: closed, Revoked: revoked}}, otherwise: blank}}
# sample.csv
Name,Status
Oak Tree,{status}
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("status", "messages"),
    [
        ("Open", []),
        ("Opne", ["no record of sample.csv has 'Open' here; is 'Opne' meant?"]),
        ("CLOSED", []),
        ("Asleep", []),
    ],
)
def test_a_code_that_did_not_come_is_told_only_where_something_like_it_did(
    status: str, messages: list[str], tmp_path: Path
) -> None:
    findings = lint_example(EXAMPLE.format(status=status), tmp_path).findings
    assert [each.message for each in findings if each.code == "LI506"] == messages
