"""Tests of leadingest.cli.support.asked_delivery."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from leadingest.cli.support import asked_delivery
from leadingest.deliveries.delivery import fingerprint


class Terminal(io.StringIO):
    """A terminal that remembers what it was shown."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("Name\nOak\n")
    delivery = fingerprint(tmp_path / "a.csv")
    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        monkeypatch.setattr("sys.stderr", stream)
        with asked_delivery.told_progress("acme", delivery) as progress:
            progress(1200)
    assert "acme" in terminal.getvalue()
    assert "1,200 records" in terminal.getvalue()
    assert file.getvalue() == ""
