"""Tables and other things of rich as text, for terminals and files alike."""

from __future__ import annotations

import io
import re

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from leadingest.reports.printable import one_line

#: Cells of a line where no terminal says how many there is room for.
WIDTH = 120
#: Blanks at the end of a line, with the codes of colours among them.
_END = re.compile(r"(?:[ ]|\x1b\[[0-9;]*m)+$", re.MULTILINE)


def rich_text(*parts: RenderableType, width: int | None) -> str:
    """The parts one below the other in lines of at most `width` cells; `click.echo` takes colours out where needed."""
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        width=width or WIDTH,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return _END.sub(lambda end: end[0].replace(" ", ""), capture.get())


def plain_table(*heads: str) -> Table:
    """A table without lines, its heads bold."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def safe(text: str, style: str = "") -> Text:
    """A text from a file, on one line and without control characters."""
    return Text(one_line(text), style=style)
