"""The comments of a YAML file, which its nodes do not have, and those that ask for findings to be ignored."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
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


def position_at(document: Document, offset: int) -> Position:
    """The place of the character at the offset."""
    starts = line_starts(document.text)
    line = bisect_right(starts, offset) - 1
    return Position(document.name, line + 1, offset - starts[line] + 1)


_CALLED = re.compile(r"#\s*leadingest\s*:", re.IGNORECASE)
_WRITTEN = re.compile(r"#\s*leadingest:\s*ignore\[(?P<codes>[^\]]*)\]\s*(?P<reason>.*?)\s*")


@dataclass(frozen=True)
class Ignore:
    """One such comment: the codes, the reason, and the first and last line that it speaks of."""

    at: Position
    comment: Comment
    codes: tuple[str, ...]
    reason: str
    first: int
    last: int

    def covers(self, code: str, at: Position) -> bool:
        """Whether a finding with the code at this place is meant."""
        return code in self.codes and at.file == self.at.file and self.first <= at.line <= self.last


def ignores_in(document: Document, comments: Iterable[Comment]) -> Iterator[Ignore]:
    """Those of the comments of the document that ask for something to be ignored, well written or not.

    After something, such a comment speaks of its line. Alone on its line it speaks of what begins on the next
    one, with all that stands deeper below it. One that is badly written has no codes.
    """
    lines: list[str] = []
    for comment in comments:
        if not _CALLED.match(comment.text):
            continue
        lines = lines or lines_of(document.text)
        found = _WRITTEN.fullmatch(comment.text)
        codes = tuple(code.strip() for code in found["codes"].split(",") if code.strip()) if found else ()
        first, last = _lines_meant(comment, lines)
        yield Ignore(comment.at, comment, codes, found["reason"] if found else "", first, last)


def _lines_meant(comment: Comment, lines: list[str]) -> tuple[int, int]:
    if not comment.alone:
        return comment.at.line, comment.at.line
    following = [number for number in range(comment.at.line + 1, len(lines) + 1) if _says(lines[number - 1])]
    if not following:
        return comment.at.line, comment.at.line
    first = last = following[0]
    for number in following[1:]:
        if _indent(lines[number - 1]) <= _indent(lines[first - 1]):
            break
        last = number
    return first, last


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
