"""Tests of leadingest.lint.rules.ambiguous_formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ('fields: {company: Name, license_issued: {from: D, formats: ["%m/%d/%y", "%y/%m/%d"]}}\n', 1),
        (
            'fields: {company: Name, license_issued: {from: D, formats: ["%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%b %d, %Y"]}}\n',
            0,
        ),
        ('fields: {company: Name, license_issued: {from: D, formats: ["%m/%d/%Y", "%d.%m.%Y"]}}\n', 0),
        ('fields: {company: Name, license_issued: {from: D, formats: ["%d%m%Y", "%Y%m%d"]}}\n', 1),
        ('fields: {company: Name, license_issued: {from: D, formats: ["%Y%m%d", "%d%m%Y"]}}\n', 1),
        ('fields: {company: Name, license_issued: {from: D, formats: ["%y%m%d", "%m%d%y", "%d%m%y"]}}\n', 3),
        ('fields: {company: Name, license_issued: {from: D, formats: ["%d%b%y", "%y%b%d"]}}\n', 1),
        ('fields: {company: Name, license_issued: {from: D, formats: ["%m%d%Y", "%m%d%y", "%Y%j"]}}\n', 0),
        (
            'fields: {company: Name, license_issued: {from: D, formats: ["%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M"]}}\n',
            1,
        ),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI201", mapping, tmp_path) == number
