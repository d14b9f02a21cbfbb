"""Tests of the rule LI505."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import lint_example

EXAMPLE = """\
# mappings/acme.yaml
fields:
  company: Name
  phone: {entry}
# sample.csv
Name,Telephone
Oak Tree,702-555-0143
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ("[Phone, Telephone]", set()),
        ("{from: [Phone, Telephone], optional: true}", set()),
        ("{from: [Phone, Tel], optional: true}", {"LI505"}),
        ("[Phone, Tel]", {"LI501"}),
    ],
)
def test_one_of_several_aliases_is_enough(entry: str, codes: set[str], tmp_path: Path) -> None:
    findings = lint_example(EXAMPLE.format(entry=entry), tmp_path).findings
    assert {each.code for each in findings} & {"LI501", "LI505"} == codes
