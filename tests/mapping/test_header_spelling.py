"""Tests of leadingest.mapping.header_spelling."""

from __future__ import annotations

import pytest

from leadingest.mapping.header_spelling import is_ignored, position_of


@pytest.mark.parametrize(
    ("name", "headers", "position"),
    [
        ("As Of", ["Name", "As Of"], 1),
        ("As Of", ["Name", "AS\u200b of"], 1),
        ("As Of", ["as of", "As Of"], 1),
        ("As Of", ["as of", "AS OF"], None),
        ("As Of", ["As Of", "As Of"], None),
        ("As Of", ["Name"], None),
    ],
)
def test_a_header_is_found_whatever_its_capitals(name: str, headers: list[str], position: int | None) -> None:
    assert position_of(name, headers) == position


def test_patterns_of_ignored_headers_know_no_capitals() -> None:
    patterns = ("Agency", "Old *")
    assert [each for each in ("AGENCY", "old\u200b Phone", "Older", "Fax") if is_ignored(each, patterns)] == [
        "AGENCY",
        "old\u200b Phone",
    ]
