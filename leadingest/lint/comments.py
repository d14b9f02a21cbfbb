"""The comments of a YAML file, which its nodes do not have."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from leadingest.documents.yaml_document import Document, Position

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
#: What ends a line. Source: YAML 1.1, section 5.4, by which PyYAML counts lines.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True)
class Comment:
    """A comment, its sign included, and where it stands: `alone` on its line, or after something."""

    text: str
    start: int
    at: Position
    alone: bool


def comments_of(document: Document) -> Iterator[Comment]:
    """The comments, from top to bottom. A `#` inside a text begins none."""
    if "#" not in document.text:
        return
    texts = sorted((each.start, each.end) for each in document.written)
    starts, lines = line_starts(document.text), document.text
    offset = 0
    while found := _COMMENT.search(lines, offset):
        begin = found.start()
        around = bisect_right(texts, (begin, len(lines))) - 1
        if around >= 0 and texts[around][0] <= begin < texts[around][1]:
            offset = texts[around][1]
            continue
        line = bisect_right(starts, begin) - 1
        at = Position(document.name, line + 1, begin - starts[line] + 1)
        yield Comment(found[0], begin, at, alone=not lines[starts[line] : begin].strip())
        offset = found.end()


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def lines_of(text: str) -> list[str]:
    """The lines of the text, without what ends them."""
    return _LINE_END.split(text)
