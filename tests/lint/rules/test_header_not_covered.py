"""Tests of leadingest.lint.rules.header_not_covered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ('delivery: {match: "a*.csv", header: none, names: [Name, Fax]}\nfields: {company: Name}\n', 1),
        (
            'delivery: {match: "a*.csv", header: none, names: [Name, Fax]}\nfields: {company: Name}\nignore: ["F*"]\n',
            0,
        ),
        (
            "fields: {company: Name}\ntests:\n  - {record: {Name: x, Fax: y}, lead: {company: x}}\n  - {record: {Name: x, Fax: y}, lead: {company: x}}\n",
            1,
        ),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI104", mapping, tmp_path) == number
