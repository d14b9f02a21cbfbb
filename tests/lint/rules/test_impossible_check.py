"""Tests of leadingest.lint.rules.impossible_check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("fields: {company: Name, license_issued: {from: D, min: 2020-01-02, max: 2020-01-01}}\n", 1),
        ("fields: {company: Name, capacity: {from: C, min: 5, max: 5}}\n", 0),
        ("fields: {company: Name, license_status: {from: S, one_of: [active, actve]}}\n", 1),
        ("fields: {company: Name, state: {from: S, one_of: [NV, Nowhere]}}\n", 1),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI211", mapping, tmp_path) == number
