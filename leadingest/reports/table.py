"""A small table of text that keeps to the width of the terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import click

from leadingest.reports.printable import cut_to, display_width, one_line

#: Between two columns.
GAP = "  "
#: Cells that a column which gives way keeps at least.
_LEAST = 6

Row = Sequence[str]


@dataclass(frozen=True)
class TableColumn:
    """How a column of a table is shown; a line break in the title makes the head two lines high."""

    title: str
    align: Literal["left", "right"] = "left"
    #: Where a cell is cut when the table is too wide; None: never.
    cut: Literal["end", "middle"] | None = None
    #: Left out, the last one first, of a table that is too wide even when its cells are cut.
    may_go: bool = False
    #: Colours a cell once it is padded, by its text.
    paint: Callable[[str], str] | None = None


def table_text(columns: Sequence[TableColumn], rows: Sequence[Row], *, width: int | None = None) -> str:
    """The table as lines of at most `width` cells, as far as the columns can give way; None: however wide.

    Cells are printed as texts on one line, without control characters.
    """
    shown = list(range(len(columns)))
    heads = _heads(columns)
    cells = [[one_line(cell) for cell in row] for row in rows]
    natural = [max(map(display_width, (*head, *(row[at] for row in cells)))) for at, head in enumerate(heads)]
    while (
        width
        and _least(columns, natural, shown) > width
        and (spare := [at for at in shown if columns[at].may_go])
    ):
        shown.remove(spare[-1])
    widths = _fitted(columns, natural, shown, width)

    def line(row: Row, *, painted: bool = False) -> str:
        return GAP.join(_cell(columns[at], row[at], widths[at], painted=painted) for at in shown).rstrip()

    lines = [click.style(line(level), bold=True) for level in zip(*heads, strict=True)]
    return "\n".join([*lines, *(line(row, painted=True) for row in cells)]) + "\n"


def number(value: int | None) -> str:
    """A count with its thousands apart; nothing for None."""
    return "" if value is None else f"{value:,}"


def change(value: int | None) -> str:
    """A difference with its sign, `±0` for none; nothing for None."""
    return "" if value is None else f"{value:+,}".replace("-", "−") if value else "±0"


def counted(value: int, one: str, many: str = "") -> str:
    """`1 record`, `2 records`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def _heads(columns: Sequence[TableColumn]) -> list[list[str]]:
    """The lines of each title, as many for all: a shorter one stands at the bottom."""
    titles = [column.title.split("\n") for column in columns]
    height = max(map(len, titles))
    return [[""] * (height - len(title)) + title for title in titles]


def _least(columns: Sequence[TableColumn], natural: Sequence[int], shown: Sequence[int]) -> int:
    """The cells that the shown columns need when all that may be cut are."""
    needed = [min(natural[at], _LEAST) if columns[at].cut else natural[at] for at in shown]
    return sum(needed) + len(GAP) * (len(shown) - 1)


def _fitted(
    columns: Sequence[TableColumn], natural: Sequence[int], shown: Sequence[int], width: int | None
) -> list[int]:
    """The widths of the columns: the widest of those that may be cut gives way first."""
    widths = list(natural)
    elastic = [at for at in shown if columns[at].cut]
    over = 0 if width is None else sum(widths[at] for at in shown) + len(GAP) * (len(shown) - 1) - width
    while over > 0 and elastic:
        widest = max(elastic, key=lambda at: widths[at])
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
        over -= 1
    return widths


def _cell(column: TableColumn, text: str, width: int, *, painted: bool) -> str:
    text = cut_to(text, width, middle=column.cut == "middle")
    blank = " " * (width - display_width(text))
    text = column.paint(text) if painted and column.paint and text else text
    return f"{blank}{text}" if column.align == "right" else f"{text}{blank}"
