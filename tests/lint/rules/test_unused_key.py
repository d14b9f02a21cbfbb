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


def test_maps_for_the_pieces_of_a_list_are_looked_at_too(tmp_path: Path) -> None:
    text = EXAMPLE.format(status="Opne|Closed|Asleep").replace(
        "otherwise: blank}", 'otherwise: invalid}, split_at: "|"}'
    )
    text = text.replace("license_status: {from: Status,", "ages_served: {from: Status, each: {")
    findings = {each.code: each for each in lint_example(text, tmp_path).findings}
    assert findings["LI506"].message == "no record of sample.csv has 'Open' here; is 'Opne' meant?"
    assert (
        findings["LI503"].message == "sample.csv has 'Asleep' (once) and 'Opne' (once), not in this value map"
    )
    assert findings["LI503"].at.line == 3
