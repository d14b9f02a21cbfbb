"""Tests of leadingest.lint.rules.header_read_twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("fields: {company: Name, licensee_name: {from: [Name]}}\n", 1),
        ("fields: {company: Name, licensee_name: {from: Name, case: name}}\n", 0),
        ("fields: {company: Name, phone: [A, B], phone2: [B, A]}\n", 0),
        ('fields: {company: Name, min_age: {sql: "1"}, max_age: {sql: "1"}}\n', 1),
        ("fields: {company: {const: x}, city: {const: x}}\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI103", mapping, tmp_path) == number
