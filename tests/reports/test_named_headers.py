"""Tests of leadingest.reports.named_headers."""

from leadingest.reports.named_headers import MOST_NAMED, named_headers


def test_headers_are_named_in_a_sentence() -> None:
    assert named_headers(["Fee", "No\ntes"]) == "'Fee' and 'No tes'"


def test_of_many_only_the_first_are_named() -> None:
    text = named_headers([f"H{number}" for number in range(5000)])
    assert text.endswith("'H9' and 4990 more")
    assert text.count("'H") == MOST_NAMED
