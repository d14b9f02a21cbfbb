"""Tests of leadingest.lint.rules.missing_header."""

from __future__ import annotations

from pathlib import Path

from tests.lint.linted import lint_example

EXAMPLE = """\
# mappings/acme.yaml
delivery: {match: "acme*.csv", delimitr: ";"}
fields: {company: Name, phone: Phone}
# sample.csv
Name,Phone
Oak,702-555-0143
"""


def test_an_error_in_delivery_says_nothing_of_headers(tmp_path: Path) -> None:
    findings = lint_example(EXAMPLE, tmp_path).findings
    assert [each.code for each in findings] == ["LI005"]
