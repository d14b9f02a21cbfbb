"""Tests of leadingest.drafting.delivery.file_pattern."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.drafting.delivery.file_pattern import escaped, file_patterns


@pytest.mark.parametrize(
    ("file", "patterns"),
    [
        ("acme_2026-03.csv", ["acme*.csv"]),
        ("acme.csv.gz", ["acme*.csv.gz"]),
        ("Provider List March 2026.xlsx", ["acme*.xlsx", "Provider List*.xlsx"]),
        ("2026-03-01.csv", ["acme*.csv", "acme/*.csv"]),
        ("list[1].csv", ["acme*.csv", "list*.csv"]),
        ("a[b]c.csv", ["acme*.csv", "a[[]b]c*.csv"]),
        ("providers", ["acme*", "providers*"]),
    ],
)
def test_later_deliveries_are_told_by_what_does_not_change(file: str, patterns: list[str]) -> None:
    assert file_patterns("acme", file) == patterns


def test_no_file_is_a_delivery_of_two_sources() -> None:
    assert file_patterns("acme", "list_2026.csv", ["acme_homes*.csv"]) == ["list*.csv"]
    assert file_patterns("acme", "acme.csv", ["acme_homes*.csv"]) == ["acme/*.csv"]


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1))
def test_an_escaped_name_takes_itself_alone(name: str) -> None:
    assert fnmatchcase(name, escaped(name))
    assert not fnmatchcase(f"{name}x", escaped(name))
