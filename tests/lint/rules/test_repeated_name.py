"""Tests of leadingest.lint.rules.repeated_name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ('delivery: {match: "a*.csv", nulls: ["", "-", ""]}\nfields: {company: Name}\n', 1),
        ('fields: {company: {from: [Name, "Name "]}}\n', 1),
        ("fields: {company: Name, title: {from: T, nulls: [a, b, a]}}\n", 1),
        ("fields: {company: Name}\nignore: [Fax, Pager, Fax, Fax]\n", 2),
        ("fields: {company: Name, city: {join: [City, City]}}\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI116", mapping, tmp_path) == number
