"""Text for people, in colors and in lines that keep to the width of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

import click

from leadingest.reports.printable import display_width, lines_only, wrapped
from leadingest.reports.render.tables import folding_table, table
from leadingest.reports.report import (
    Block,
    Excerpt,
    Fitted,
    Notice,
    Report,
    ReportSection,
    ReportTable,
    Style,
    TextLine,
    TextSpan,
    Words,
    plain,
    spans,
)

#: Cells of a line where no terminal says how many there is room for, and something must be chosen or cut.
NO_TERMINAL: Final = 120
#: Characters of a line of a file that are shown, around the column, where no terminal says how many there is room for.
_SHOWN, _LEAST_SHOWN = 110, 20

_STYLES: Final[dict[Style, dict[str, Any]]] = {
    "": {},
    "strong": {"bold": True},
    "dim": {"dim": True},
    "good": {"fg": "green"},
    "wait": {"fg": "yellow"},
    "bad": {"fg": "red"},
    "code": {"fg": "cyan"},
}
#: How a notice begins, and where its lines stand.
_NOTICES: Final = {"error": ("red", 7), "hint": ("cyan", 6)}

_SPACE: Final = re.compile(r"\s+")


def render(report: Report) -> Iterator[str]:
    """The body without colors, in lines as long as they are."""
    for block in chain(report.body(), report.errors()):
        yield click.unstyle("".join(_lines(block, None)))


def blocks_text(blocks: Iterable[Block], *, width: int | None = None) -> str:
    """Blocks one below the other, in lines of at most `width` cells, in colors, which `click.echo` takes out where needed."""
    return "".join(line for block in blocks for line in _lines(block, width))


def _lines(block: Block, width: int | None) -> Iterator[str]:
    match block:
        case TextLine():
            yield from _line(block, width)
        case ReportTable():
            yield from _table(block, width)
        case Notice():
            yield from _notice(block, width)
        case Excerpt():
            yield from _excerpt(block, width)
        case Fitted():
            yield blocks_text(block.blocks(width or NO_TERMINAL), width=width)
        case ReportSection():
            yield blocks_text(_section(block), width=width)


def _section(section: ReportSection) -> Iterator[Block]:
    yield TextLine((TextSpan(section.title, "strong"), f", {section.about}"))
    yield from section.blocks
    yield TextLine(section.outcome)


def _line(line: TextLine, width: int | None) -> Iterator[str]:
    pieces = visible(line.words)
    whole = plain(pieces)
    lines = [whole]
    if width and line.indent + display_width(whole) > width:
        lines = wrapped(whole.lstrip(), width - line.indent - line.hang)
    at = 0
    for number, part in enumerate(lines):
        at = whole.index(part, at)
        yield (
            f"{' ' * (line.indent + (line.hang if number else 0))}{painted(part, pieces, at)}".rstrip() + "\n"
        )
        at += len(part)


def _table(shown: ReportTable, width: int | None) -> Iterator[str]:
    margin, room = " " * shown.indent, width and width - shown.indent
    rows = [[visible(cell) for cell in row] for row in shown.rows]
    if any(column.fit in ("fold", "rest") for column in shown.columns):
        lines = folding_table(shown.columns, rows, paint=painted, width=room or NO_TERMINAL)
    else:
        lines = table(shown.columns, rows, paint=painted, width=room)
    yield from (f"{margin}{line}\n" for line in lines)


def _notice(notice: Notice, width: int | None) -> Iterator[str]:
    color, indent = _NOTICES[notice.kind]
    head = f"{click.style(f'{notice.kind}:', fg=color, bold=True)} "
    for line in lines_only(notice.text).split("\n"):
        for part in wrapped(line, width and width - indent):
            yield f"{head}{part}\n"
            head = " " * indent


def _excerpt(excerpt: Excerpt, width: int | None) -> Iterator[str]:
    """The line with its number, and `^` below; of a line that is too long, the part around the column."""
    before, margin = f"    {excerpt.line} | ", f"    {' ' * len(str(excerpt.line))} | "
    room = max((width or _SHOWN) - len(before), _LEAST_SHOWN)
    start = max(0, excerpt.column - room // 2) if len(excerpt.text) > room else 0
    yield f"{before}{lines_only(excerpt.text[start : start + room])}\n"
    end = min((excerpt.end_column or excerpt.column + 1) - 1, start + room)
    blank = " " * display_width(lines_only(excerpt.text[start : excerpt.column - 1]))
    marks = "^" * max(1, display_width(excerpt.text[excerpt.column - 1 : end]))
    yield f"{margin}{blank}{click.style(marks, bold=True, **_STYLES[excerpt.style])}\n"


def visible(words: Words) -> list[TextSpan]:
    """The pieces as they may be printed: on one line, without control characters, and no command to what shows them."""
    if isinstance(words, str):
        words = words.strip()
    return [TextSpan(lines_only(_SPACE.sub(_blanks, span.text)), span.style) for span in spans(words)]


def _blanks(found: re.Match[str]) -> str:
    """Blanks as they are; one for any other white space, which might begin a line again."""
    return " " if found[0].strip(" ") else found[0]


def painted(shown: str, pieces: Sequence[TextSpan], start: int = 0) -> str:
    """A part of the text of the pieces, from `start` on, in their colors; what was put behind it has the last one."""
    parts, begin = [], -start
    for number, span in enumerate(pieces, start=1):
        end = begin + len(span.text) if number < len(pieces) else len(shown)
        if part := shown[max(begin, 0) : max(end, 0)]:
            parts.append(click.style(part, **_STYLES[span.style]) if span.style else part)
        begin = end
    return "".join(parts)
