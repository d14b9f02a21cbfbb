"""What lint says of a mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leadingest.documents.yaml_document import Position

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Related:
    """Another place that a finding has to do with, and what is there."""

    at: Position
    message: str


@dataclass(frozen=True)
class Edit:
    """Text to put in place of the characters from `start` to before `end` of a file."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Remark:
    """What a rule has to say of one place; `edits` mend it without changing what the mapping means."""

    at: Position
    message: str
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A remark with the rule that made it and the text it is about.

    Columns count characters from 1; `end_column` is the one after the last. `line_text` is the line of the
    file, without what looks like a password; empty where the file has no such line.
    """

    code: str
    name: str
    severity: Severity
    at: Position
    end_column: int
    message: str
    line_text: str = ""
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """File by file, from top to bottom."""
        return (self.at.file, self.at.line, self.at.column, self.code, self.message)
