"""Tests of leadingest.lint.rules.no_identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("fields: {company: Name, city: City, state: State}\n", 0),
        ("fields: {company: Name, city: City}\n", 1),
        ("fields: {company: Name, address1: A, zip: Z}\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI301", mapping, tmp_path) == number
