"""Tests of leadingest.lint.rules.refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import lint_example


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ('fields: {company: {from: Name, replace: {pattern: "(a)", with: "$1st"}}}\n', 1),
        ('fields: {company: {from: Name, replace: {pattern: "(a)", with: "${1}st $$2 $0"}}}\n', 0),
        ('fields: {company: {from: Name, replace: {pattern: "(?P<word>a)", with: "$word $other"}}}\n', 1),
        ('fields: {company: {from: Name, replace: [{pattern: a, with: ""}, {pattern: b, with: "$1"}]}}\n', 1),
        ('fields: {company: {from: Name, replace: {"$5": "$1"}}}\n', 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    findings = lint_example("# mappings/acme.yaml\n" + mapping, tmp_path).findings
    assert [each.code for each in findings if each.severity == "error"] == ["LI206"] * number
