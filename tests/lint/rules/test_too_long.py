"""Tests of leadingest.lint.rules.too_long."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        (
            'fields: {company: Name, facility_type: {from: K, values: {A: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}, otherwise: invalid}}\n',
            1,
        ),
        (
            'fields: {company: Name, license_number: {from: N, default: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}\n',
            1,
        ),
        (
            'fields: {company: Name, license_number: {from: N, prefix: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", default: none}}\n',
            0,
        ),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI209", mapping, tmp_path) == number
