"""A line of a file with a mark under what it is about."""

from collections.abc import Iterator

import click

from leadingest.reports.printable import display_width, lines_only

#: Characters of a line that are shown, around the column, where no terminal says how many there is room for.
_SHOWN = 110
_LEAST_SHOWN = 20


def excerpt(
    text: str,
    line: int,
    column: int,
    end_column: int | None = None,
    *,
    color: str = "red",
    width: int | None = None,
) -> Iterator[str]:
    """The line with its number, and `^` under the characters from `column` to before `end_column`.

    Columns count from 1. Of a line that is too long for `width` cells the part around the column is shown.
    """
    before, margin = f"    {line} | ", f"    {' ' * len(str(line))} | "
    room = max((width or _SHOWN) - len(before), _LEAST_SHOWN)
    start = max(0, column - room // 2) if len(text) > room else 0
    shown = lines_only(text[start : start + room])
    marked = text[column - 1 : min((end_column or column + 1) - 1, start + room)]
    yield f"{before}{shown}"
    blank = " " * display_width(lines_only(text[start : column - 1]))
    yield f"{margin}{blank}{click.style('^' * max(1, display_width(marked)), fg=color, bold=True)}"
