"""Tests of leadingest.cli.support.watching."""

import io
import sys
from pathlib import Path

import pytest

from leadingest.cli.support.watching import progress_shown, watching
from leadingest.deliveries.delivery import fingerprint
from leadingest.errors import DestinationError
from leadingest.ingest.result import SourceResult
from leadingest.settings import load_settings

LOADED = SourceResult("nevada", "loaded", "nevada.csv", 1)


class Screen(io.StringIO):
    """A terminal, as far as the program can see."""

    def isatty(self) -> bool:
        return True


def on_stderr(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, folder: Path, **options: str) -> str:
    """What standard error gets while one of two sources is finished."""
    monkeypatch.setattr(sys, "stderr", stream)
    with watching(load_settings(folder, **options), sources=2) as events:
        events.finished(LOADED)
    return stream.getvalue()


def test_a_terminal_sees_the_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "1 of 2 sources" in on_stderr(Screen(), monkeypatch, tmp_path)


def test_where_no_terminal_looks_on_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert on_stderr(io.StringIO(), monkeypatch, tmp_path) == ""


def test_log_lines_take_the_place_of_the_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written = on_stderr(Screen(), monkeypatch, tmp_path, log_format="json")
    assert '"event": "load_finished"' in written
    assert "sources" not in written


def test_what_ends_the_run_is_logged_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with (
        pytest.raises(DestinationError),
        watching(load_settings(tmp_path, log_format="text"), sources=1),
    ):
        raise DestinationError("the server is gone")
    assert "event='run_failed' error='DestinationError' message='the server is gone'" in stream.getvalue()


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    (tmp_path / "a.csv").write_text("Name\nOak\n")
    delivery = fingerprint(tmp_path / "a.csv")
    terminal, file = Screen(), io.StringIO()
    for stream in (terminal, file):
        monkeypatch.setattr("sys.stderr", stream)
        with progress_shown() as events, events.reading("acme", delivery) as progress:
            progress(1200)
    assert "acme" in terminal.getvalue()
    assert "1,200 records" in terminal.getvalue()
    assert file.getvalue() == ""
