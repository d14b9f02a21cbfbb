"""Markdown, as a pull request or a chat shows it: nothing in a text is Markdown, HTML or a mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from leadingest.reports.printable import one_line
from leadingest.reports.render.text import NO_TERMINAL
from leadingest.reports.report import (
    Block,
    Excerpt,
    Fitted,
    Notice,
    Report,
    ReportSection,
    ReportTable,
    TextLine,
    Words,
    plain,
    spans,
)

#: Signs that mean something in Markdown, and what does in HTML, to who would be notified, or as a link.
_SIGNS: Final = re.compile(r"[\\`*_{}\[\]#+!|~$]")
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "://": "&#58;//",
    "www.": "www&#46;",
}
_NO_TEXT: Final = re.compile("|".join(map(re.escape, _ENTITIES)))


def render(report: Report) -> Iterator[str]:
    """The body: a paragraph for each line, a heading for each section, a table for each table."""
    blocks = chain(report.body(), report.errors())
    for number, paragraph in enumerate(paragraph for block in blocks for paragraph in _paragraphs(block)):
        yield f"{chr(10) if number else ''}{paragraph}\n"


def _paragraphs(block: Block) -> Iterator[str]:
    match block:
        case TextLine():
            if plain(block.words):
                yield _words(block.words)
        case Notice():
            yield f"**{block.kind}**: {escaped(block.text)}"
        case Excerpt():
            yield escaped(f"{block.line} | {block.text}")
        case ReportTable():
            yield "\n".join(_table(block))
        case Fitted():
            for each in block.blocks(NO_TERMINAL):
                yield from _paragraphs(each)
        case ReportSection():
            yield f"### {escaped(block.title)}"
            yield f"{escaped(block.about)}: **{escaped(block.outcome)}**"
            for each in block.blocks:
                yield from _paragraphs(each)


def _table(table: ReportTable) -> Iterator[str]:
    yield f"| {' | '.join(escaped(column.title) for column in table.columns)} |"
    yield "".join("|---:" if column.align == "right" else "|---" for column in table.columns) + "|"
    for row in table.rows:
        yield f"| {' | '.join(map(_words, row))} |"


def _words(words: Words) -> str:
    """The text; only what is strong is told apart."""
    pieces = spans(words)
    if not any(span.style == "strong" for span in pieces):
        return escaped(plain(pieces))
    return " ".join(
        f"**{escaped(span.text)}**" if span.style == "strong" else escaped(span.text) for span in pieces
    )


def escaped(text: str) -> str:
    """The text on one line, as it is read: nothing in it is Markdown, HTML or a mention."""
    signs = _SIGNS.sub(r"\\\g<0>", one_line(text))
    return _NO_TEXT.sub(lambda sign: _ENTITIES[sign[0]], signs)
