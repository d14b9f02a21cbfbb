"""Tests of leadingest.lint.rules.comment_in_value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ("fields: {company: Name}  # the name of the firm\n", 0),
        ("fields:\n  company: Name  #2 in the list\n", 0),
        ("fields:\n  company: Name #\n", 1),
        ("fields:\n  company: Name #2\n", 1),
        ('fields:\n  company: "Name" #2\n', 0),
        ("fields:\n  company: Name #- see below\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI010", mapping, tmp_path) == number
