"""Tests of leadingest.lint.rules.unknown_name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("fields: {company: Business, city: {from: City, when: \"Busines = 'x'\"}}\n", 1),
        ("fields: {company: Name, city: {from: City, when: \"NAME = 'x'\"}}\n", 1),
        ("fields: {company: Name, city: {from: City, when: \"Kind = 'x'\"}}\n", 0),
        ("fields: {company: AA2, city: {from: AA2, when: \"AA3 = 'x'\"}}\n", 0),
        ("let: {kind: Kind}\nfields: {company: Name}\nwhere: \"kind = 'x' OR Kind = 'y'\"\n", 0),
        (
            'delivery: {match: "a*.csv", header: none, names: [Name, City]}\nfields: {company: Name, city: {sql: "City || Zip"}}\n',
            1,
        ),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI105", mapping, tmp_path) == number
