"""Tests of leadingest.reports.rich_text."""

import click
from rich.text import Text

from leadingest.reports.rich_text import plain_table, rich_text, safe


def test_lines_keep_to_the_width_and_have_no_blanks_at_their_ends() -> None:
    table = plain_table("name", "value")
    table.add_row("one", "a text that is longer than the line")
    table.add_row("", "")
    lines = click.unstyle(rich_text(table, width=20)).split("\n")
    assert lines == ["name  value", "one   a text that is", "      longer than", "      the line", "", ""]


def test_colors_are_there_for_a_terminal() -> None:
    assert rich_text(Text("red", "red"), width=20) == "\x1b[31mred\x1b[0m\n"


def test_a_text_from_a_file_cannot_change_the_terminal() -> None:
    text = rich_text(safe("[red]a\x1b[2Jb\nc"), width=40)
    assert text == "[red]a\\x1b[2Jb c\n"
