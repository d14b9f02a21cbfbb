"""Tests of leadingest.lint.rules.number_for_code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.linted import found_by


@pytest.mark.parametrize(
    ("mapping", "number"),
    [
        ('fields: {company: Name, zip: {sql: "TRY_CAST(Zip AS INT)"}}\n', 1),
        ('fields: {company: Name, phone: {first_of: [{sql: "TRY_CAST(A AS BIGINT)"}, B]}}\n', 1),
        ("let: {n: {from: N, type: decimal}}\nfields: {company: Name, provider_id: n}\n", 1),
        ("let: {n: {from: N, type: integer}}\nfields: {company: Name, capacity: n, city: n}\n", 0),
        ("fields: {company: Name, zip: {sql: \"Zip || '0'\"}}\n", 0),
    ],
)
def test_it_finds_what_is_wrong_and_nothing_else(mapping: str, number: int, tmp_path: Path) -> None:
    assert found_by("LI208", mapping, tmp_path) == number
