"""`# leadingest: ignore[LI203] the reason`: what somebody has looked at and wants left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leadingest.documents.yaml_document import Document, Position
from leadingest.lint.comments import Comment, lines_of

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
