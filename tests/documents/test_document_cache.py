"""Tests of leadingest.documents.document_cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.documents.document_cache import DocumentCache
from leadingest.errors import ConfigurationError


def test_a_file_is_read_once_and_stays_as_it_was(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.yaml", DocumentCache()
    file.write_text("a: b\n")
    first = cache.read(file)
    file.write_text("a: c\n")
    assert cache.read(file) is first
    assert DocumentCache().read(file).text == "a: c\n"


def test_messages_name_the_file_as_whoever_asks_does(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.yaml", DocumentCache()
    file.write_text("a: b\n")
    assert [cache.read(file, shown_as=name).name for name in ("x", "y")] == ["x", "y"]


def test_what_cannot_be_read_is_told_each_time(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.yaml", DocumentCache()
    file.write_text("a: [\n")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="not YAML"):
            cache.read(file)
