"""Tests of leadingest.cli.output."""

import pytest

from leadingest.cli.output import text_width


def test_where_no_terminal_looks_on_lines_are_as_long_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert text_width() is None


def test_a_width_can_be_set_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert text_width() == 72
