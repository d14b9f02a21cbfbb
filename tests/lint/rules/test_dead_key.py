"""Tests of leadingest.lint.rules.dead_key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        (
            'delivery: {match: "a*.csv", nulls: ["-"]}\nfields: {company: Name, title: {from: T, values: {"-": x}, otherwise: keep}}\n',
            1,
        ),
        ("fields: {company: Name, title: {from: T, nulls: [none], values: {none: x}, otherwise: keep}}\n", 1),
        ("fields: {company: Name, title: {from: T, case: lower, values: {Boss: x}, otherwise: keep}}\n", 1),
        ("fields: {company: Name, title: {from: T, case: upper, values: {BOSS: x}, otherwise: keep}}\n", 0),
        ('fields: {company: Name, title: {from: T, values: {"": x}, otherwise: keep}}\n', 1),
        (
            'delivery: {match: "a*.csv", nulls: ["-"]}\nlet: {t: {from: T, replace: {x: "-"}}}\nfields: {company: Name, title: {from: t, values: {"-": x}, otherwise: keep}}\n',
            0,
        ),
        ('fields: {company: Name, title: {sql: "T || \' \'", values: {"x ": y}, otherwise: keep}}\n', 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI110", mapping, tmp_path) == number
