"""Tests of leadingest.reports.printable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.reports.printable import cut_to, display_width, lines_only, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Elm\nStreet", "Elm Street"),
        ("a\t b\r\n", "a b"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a\u202eb", r"a\u202eb"),
        ("a\udcffb", r"a\udcffb"),
        ("::error::x", r"\::error::x"),
        ("a\n ::error::x ::y", "a ::error::x ::y"),
        ("a ##[error]x", r"a \##[error]x"),
        ("Müller 幼稚園", "Müller 幼稚園"),
    ],
)
def test_a_cell_is_printed_on_one_line_without_control_characters(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text())
def test_no_text_can_steer_the_terminal(text: str) -> None:
    shown = lines_only(text).replace("\n", "")
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in shown)


@given(st.text(st.sampled_from(" \n\t\r:#[x"), max_size=12))
def test_no_text_is_a_command_to_what_shows_it(text: str) -> None:
    for line in (*lines_only(text).splitlines(), one_line(text)):
        assert not line.strip().startswith("::") and not re.search(r"(?<!\\)##\[", line)


def test_a_message_keeps_its_lines() -> None:
    assert lines_only("one\ntwo\x07\tthree") == "one\ntwo\\x07 three"


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("ü", 1), ("e\u0301", 1), ("幼稚園", 6), ("a幼", 3)]
)
def test_width_is_counted_in_cells_of_the_terminal(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "middle", "shown"),
    [
        ("abcdef", 6, False, "abcdef"),
        ("abcdef", 5, False, "abcd…"),
        ("abcdef", 1, False, "…"),
        ("abcdef", 0, False, ""),
        ("ab cdef", 4, False, "ab…"),
        ("source3_2026-08.csv", 11, True, "sourc…8.csv"),
        ("幼稚園", 4, False, "幼…"),
    ],
)
def test_a_text_that_is_too_long_is_cut(text: str, width: int, middle: bool, shown: str) -> None:
    assert cut_to(text, width, middle=middle) == shown


@given(st.text(), st.integers(0, 30), st.booleans())
def test_a_cut_text_never_takes_more_than_its_width(text: str, width: int, middle: bool) -> None:
    assert display_width(cut_to(one_line(text), width, middle=middle)) <= width
