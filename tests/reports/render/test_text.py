"""Tests of leadingest.reports.render.text: lines, and what stands in them."""

from __future__ import annotations

import click
from hypothesis import given
from hypothesis import strategies as st

from leadingest.reports.printable import display_width
from leadingest.reports.render.text import blocks_text
from leadingest.reports.report import Fitted, TextLine, TextSpan, Words, spans


def shown(words: Words, *, indent: int = 0, width: int | None = None) -> str:
    return blocks_text([TextLine(words, indent)], width=width)


def test_a_line_that_is_too_long_goes_on_further_in_below() -> None:
    assert shown("one two three four", indent=1, width=12) == " one two\n   three\n   four\n"
    assert shown("one two three four", indent=1) == " one two three four\n"


def test_colors_go_on_in_the_next_line() -> None:
    text = shown(("it is ", TextSpan("wrong indeed", "bad"), " so"), width=12)
    assert text == "it is\n  \x1b[31mwrong\x1b[0m\n  \x1b[31mindeed\x1b[0m so\n"


def test_a_text_from_a_file_cannot_change_the_terminal() -> None:
    assert shown(("[red]", TextSpan("a\x1b[2Jb\nc"))) == "[red]a\\x1b[2Jb c\n"
    assert shown("::error::x") == "\\::error::x\n"


def test_what_is_chosen_by_the_room_is_chosen_by_that_of_the_terminal() -> None:
    room = Fitted(lambda width: [TextLine(str(width))])
    assert blocks_text([room], width=80) == "80\n"
    assert blocks_text([room]) == "120\n"


PIECES = st.lists(
    st.builds(TextSpan, st.text(max_size=8), st.sampled_from(["", "bad", "strong"])), max_size=4
)


@given(PIECES, st.integers(10, 30))
def test_no_line_is_lost_or_steers_the_terminal(pieces: list[TextSpan], width: int) -> None:
    text = click.unstyle(shown(pieces, width=width))
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text.replace("\n", ""))
    assert "".join(text.split()) == "".join(click.unstyle(shown(spans(pieces))).split())
    words = max(map(display_width, text.split()), default=0)
    assert all(display_width(line) <= max(width, words + 2) for line in text.split("\n"))
