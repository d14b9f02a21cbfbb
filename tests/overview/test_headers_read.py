"""Tests of leadingest.overview.headers_read."""

from pathlib import Path

from leadingest.overview.headers_read import headers_read
from tests.overview.written_mapping import written_mapping


def test_let_values_are_followed_to_the_headers(tmp_path: Path) -> None:
    mapping = written_mapping(
        tmp_path,
        "  company: {first_of: [Name, whole]}",
        "let:\n  whole: {join: [First, part]}\n  part: {from: [Last, Name], when: \"Kind = 'x'\"}",
    )
    assert headers_read(mapping, "company") == ("Name", "First", "Last", "Kind")
    assert headers_read(mapping, "phone") == ()
