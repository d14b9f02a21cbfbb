"""Tests of leadingest.lint.rules.hidden_invalid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("fields: {company: Name, title: {from: T, values: {A: b}, otherwise: invalid, default: x}}\n", 0),
        ('fields: {company: Name, title: {from: T, extract: "(a)", otherwise: blank, default: x}}\n', 1),
        (
            "fields: {company: Name, title: {first_of: [{from: T, values: {A: b}, otherwise: invalid}, {const: x}]}}\n",
            1,
        ),
        (
            'fields: {company: Name, title: {first_of: [{from: T, values: {A: b}, otherwise: invalid}, {const: x, when: "T IS NULL"}]}}\n',
            0,
        ),
        ("fields: {company: Name, title: {first_of: [T, {const: x}]}}\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI111", mapping, tmp_path) == number
