"""Tests of leadingest.lint.rules.slow_pattern."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("delivery: {match: \"a*.csv\", footer: {match: '(a+)+$'}}\nfields: {company: Name}\n", 1),
        ("delivery: {match: \"a*.csv\", footer: {match: '(a|b*)*c'}}\nfields: {company: Name}\n", 1),
        ("delivery: {match: \"a*.csv\", footer: {match: '(?:x+y?)+'}}\nfields: {company: Name}\n", 1),
        ("delivery: {match: \"a*.csv\", footer: {match: '^Total.*[0-9]+$'}}\nfields: {company: Name}\n", 0),
        ("delivery: {match: \"a*.csv\", footer: {match: '(ab)+'}}\nfields: {company: Name}\n", 0),
        ("delivery: {match: \"a*.csv\", footer: {match: '(a{2})+'}}\nfields: {company: Name}\n", 0),
        ("delivery: {match: \"a*.csv\", footer: {match: '(a+){3}'}}\nfields: {company: Name}\n", 0),
        ('delivery: {match: "a*.csv", footer: 2}\nfields: {company: Name}\n', 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI207", mapping, tmp_path) == number
