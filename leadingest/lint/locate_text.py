"""From the place of a finding to the text that stands there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from leadingest.documents.read_yaml import read_text
from leadingest.documents.yaml_document import Document, Position
from leadingest.errors import ConfigurationError
from leadingest.lint.comments import comments_of, lines_of
from leadingest.lint.secrets import masked

#: Characters of a line that is shown.
_LONGEST = 5_000


class LocateText:
    """The lines of some documents, or of files that are none, and where the text that begins at a place ends."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.name: document for document in documents}
        self._shown: dict[tuple[str, int], str] = {}

    def line(self, at: Position) -> str:
        """The line of the file; empty where it has none."""
        if at.file not in self._lines:
            self._lines[at.file] = _lines_on_disk(at.file)
        lines = self._lines[at.file]
        return lines[at.line - 1] if 0 < at.line <= len(lines) else ""

    def shown_line(self, at: Position) -> str:
        """The line without what looks like a secret; empty where it is longer than anybody writes one."""
        place = (at.file, at.line)
        if place not in self._shown:
            line = self.line(at)
            self._shown[place] = masked(line) if len(line) <= _LONGEST else ""
        return self._shown[place]

    def end_column(self, at: Position) -> int:
        """The column after the last character, on the same line, of the text that begins there."""
        length = self._lengths.get((at.file, at.line, at.column), 1)
        room = len(self.line(at)) - (at.column - 1)
        return at.column + max(1, min(length, room))

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {name: lines_of(document.text) for name, document in self.documents.items()}

    @cached_property
    def _lengths(self) -> dict[tuple[str, int, int], int]:
        found = {}
        for name, document in self.documents.items():
            for each in document.written:
                found[name, each.position.line, each.position.column] = each.end - each.start
            for comment in comments_of(document):
                found[name, comment.at.line, comment.at.column] = len(comment.text)
        return found


def _lines_on_disk(name: str) -> list[str]:
    """The lines of a file that is no document: no YAML, or the description of a load table."""
    try:
        return lines_of(read_text(Path(name), name))
    except ConfigurationError:
        return []
