"""Tests of leadingest.lint.rules.dead_format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ('fields: {company: Name, license_issued: {from: D, formats: ["%m/%d/%Y "]}}\n', 1),
        ('fields: {company: Name, license_issued: {from: D, formats: [" %m/%d/%Y", "%m/%d/%Y"]}}\n', 1),
        ("fields: {company: Name, license_issued: D}\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI203", mapping, tmp_path) == number
