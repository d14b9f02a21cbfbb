"""Tests of leadingest.ingest.mend_drift: what --fix must not do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leadingest.drift.mend import MendedText, mended_texts
from leadingest.errors import ConfigurationError
from leadingest.ingest import mend_drift as module
from leadingest.ingest.drift_sources import DriftFinder
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.ingest.mend_drift import mend_drift
from tests.ingest.made_up_place import DDL, MAPPING

TODAY = date(2026, 3, 1)


@pytest.fixture
def finder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DriftFinder:
    """A source whose phone has another header now."""
    monkeypatch.chdir(tmp_path)
    Path("mappings").mkdir()
    Path("mappings/utah.yaml").write_text(MAPPING.format(source="utah"), encoding="utf-8")
    Path("inbox").mkdir()
    Path("inbox/utah.csv").write_text("Name,Phone No\nOak,702-200-3000\n", encoding="utf-8")
    return DriftFinder(MappingIndex(Path("mappings"), DDL), Path("inbox"), TODAY, lambda _: None)


def test_a_mapping_is_mended_once_and_then_left_alone(finder: DriftFinder) -> None:
    drift = mend_drift(finder, "utah")
    assert (drift.mended, drift.differences) == (1, ())
    mended = Path("mappings/utah.yaml").read_bytes()
    assert b"phone: [Phone, Phone No]" in mended
    assert mend_drift(finder, "utah").mended == 0
    assert Path("mappings/utah.yaml").read_bytes() == mended


def test_a_file_that_is_utf8_now_is_read_as_that(finder: DriftFinder) -> None:
    path = Path("mappings/utah.yaml")
    path.write_text(MAPPING.format(source="utah").replace('csv"}', 'csv", encoding: cp1252}  # old'))
    Path("inbox/utah.csv").write_bytes("Name,Phone\nJosé,702-200-3000\n".encode())
    drift = mend_drift(finder, "utah")
    assert (drift.mended, drift.differences) == (1, ())
    assert "encoding: [utf-8, cp1252]}  # old\n" in path.read_text()


def test_a_byte_order_mark_stays(finder: DriftFinder) -> None:
    path = Path("mappings/utah.yaml")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert mend_drift(finder, "utah").mended == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbfsource")


def test_a_mapping_that_cannot_be_read_afterwards_is_put_back(
    finder: DriftFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path("mappings/utah.yaml").read_bytes()
    right = mended_texts

    def wrong(*args: object) -> list[MendedText]:
        return [MendedText(each.document, "source: [", 1) for each in right(*args)]  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(module, "mended_texts", wrong)
    with pytest.raises(ConfigurationError, match="could not be mended, and is as it was"):
        mend_drift(finder, "utah")
    assert Path("mappings/utah.yaml").read_bytes() == before
