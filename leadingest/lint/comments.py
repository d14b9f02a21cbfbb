"""The comments of a YAML file, which its nodes do not have."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leadingest.documents.yaml_document import Document, Position

#: What may stand right before a comment.
_BEFORE = " \t\r\n\x85\u2028\u2029"
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
    text = document.text
    begin = text.find("#")
    if begin < 0:
        return
    texts = sorted((each.start, each.end) for each in document.written)
    starts = line_starts(text)
    while begin >= 0:
        around = bisect_right(texts, (begin, len(text))) - 1
        inside = around >= 0 and begin < texts[around][1]
        end = texts[around][1] if inside else begin + 1
        if not inside and (begin == 0 or text[begin - 1] in _BEFORE):
            line = bisect_right(starts, begin) - 1
            end = starts[line + 1] if line + 1 < len(starts) else len(text)
            at = Position(document.name, line + 1, begin - starts[line] + 1)
            written = text[begin:end].rstrip("\r\n\x85\u2028\u2029")
            yield Comment(written, begin, at, alone=not text[starts[line] : begin].strip())
        begin = text.find("#", end)


@lru_cache(maxsize=64)
def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))


def lines_of(text: str) -> list[str]:
    """The lines of the text, without what ends them."""
    return _LINE_END.split(text)
