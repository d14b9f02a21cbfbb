"""Tests of leadingest.cli.support.output."""

import os
import pty

import pytest

from leadingest.cli.support.output import for_stdout, text_width


def test_where_no_terminal_looks_on_lines_are_as_long_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert text_width() is None


def test_a_width_can_be_set_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert text_width() == 72


def test_a_file_is_printed_as_it_is_but_to_a_terminal_as_text_that_cannot_steer_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = "Name;Ort\r\nOak\x1b[2J;K\xf6ln\r\n".encode("latin-1")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        monkeypatch.setattr("sys.stdout", nowhere)
        assert for_stdout(content, "latin-1") == content
    ours, theirs = pty.openpty()
    with open(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        assert for_stdout(content, "latin-1") == "Name;Ort\nOak\\x1b[2J;K\xf6ln\n"
        # A CI server may give its commands a terminal; annotations are commands to it there, too.
        assert for_stdout(b"::error title=x::y\n") == "::error title=x::y\n"
    os.close(ours)
