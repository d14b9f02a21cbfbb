"""Tables of text that keep to the width of the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

import click

from leadingest.reports.printable import cut_to, display_width
from leadingest.reports.report import TableColumn, TextSpan, plain

#: Between two columns.
GAP = "  "
#: Cells that a column which gives way keeps at least.
_LEAST = 6

#: The text of a cell in its pieces.
Cell = Sequence[TextSpan]


def table(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[Cell]],
    *,
    paint: Callable[..., str],
    width: int | None,
) -> Iterator[str]:
    """The lines of the table, each of at most `width` cells as far as the columns can give way; None: however wide.

    `paint` gives a text the colors of its `pieces`.
    """
    shown = list(range(len(columns)))
    heads = _heads(columns)
    texts = [[plain(cell) for cell in row] for row in rows]
    natural = [max(map(display_width, (*head, *(row[at] for row in texts)))) for at, head in enumerate(heads)]
    while (
        width
        and _least(columns, natural, shown) > width
        and (spare := [at for at in shown if columns[at].may_go])
    ):
        shown.remove(spare[-1])
    widths = _fitted(columns, natural, shown, width)
    for level in zip(*heads, strict=True):
        if any(level):
            cells = [_cell(columns[at], level[at], widths[at], str) for at in shown]
            yield click.style(GAP.join(cells).rstrip(), bold=True)
    for row, pieces in zip(texts, rows, strict=True):
        cells = [_cell(columns[at], row[at], widths[at], partial(paint, pieces=pieces[at])) for at in shown]
        yield GAP.join(cells).rstrip()


def _heads(columns: Sequence[TableColumn]) -> list[list[str]]:
    """The lines of each title, as many for all: a shorter one stands at the bottom."""
    titles = [column.title.split("\n") for column in columns]
    height = max(map(len, titles))
    return [[""] * (height - len(title)) + title for title in titles]


def _least(columns: Sequence[TableColumn], natural: Sequence[int], shown: Sequence[int]) -> int:
    """The cells that the shown columns need when all that may be cut are."""
    needed = [min(natural[at], _LEAST) if columns[at].fit else natural[at] for at in shown]
    return sum(needed) + len(GAP) * (len(shown) - 1)


def _fitted(
    columns: Sequence[TableColumn], natural: Sequence[int], shown: Sequence[int], width: int | None
) -> list[int]:
    """The widths of the columns: the widest of those that may be cut gives way first."""
    widths = list(natural)
    elastic = [at for at in shown if columns[at].fit]
    over = 0 if width is None else sum(widths[at] for at in shown) + len(GAP) * (len(shown) - 1) - width
    while over > 0 and elastic:
        widest = max(elastic, key=lambda at: widths[at])
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
        over -= 1
    return widths


def _cell(column: TableColumn, text: str, width: int, paint: Callable[[str], str]) -> str:
    text = cut_to(text, width, middle=column.fit == "middle")
    blank = " " * (width - display_width(text))
    return f"{blank}{paint(text)}" if column.align == "right" else f"{paint(text)}{blank}"


#: Blanks at the end of a line, with the codes of colors among them.
_END: Final = re.compile(r"(?:[ ]|\x1b\[[0-9;]*m)+$")


def folding_table(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], *, paint: Callable[..., str], width: int
) -> Iterator[str]:
    """The lines of a table with cells that may go on in the line below."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, padding=(0, len(GAP), 0, 0), header_style="bold")
    drawn.show_header = any(column.title for column in columns)
    drawn.expand = any(column.fit == "rest" for column in columns)
    for column in columns:
        drawn.add_column(
            column.title,
            justify=column.align,
            no_wrap=column.fit != "fold",
            overflow="fold" if column.fit == "fold" else "ellipsis",
            ratio=1 if column.fit == "rest" else None,
        )
    for row in rows:
        drawn.add_row(*(Text.from_ansi(paint(plain(cell), cell)) for cell in row))
    console = Console(
        force_terminal=True,
        color_system="standard",
        width=width,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        console.print(drawn)
    for line in capture.get().splitlines():
        yield _END.sub(lambda end: end[0].replace(" ", ""), line)
