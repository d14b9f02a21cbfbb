"""What lint finds: remarks, findings with the edits that fix them, and the result for some mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from leadingest.documents.yaml_document import Document, Position
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS, EXIT_USAGE

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
    """What a rule has to say of one place; `edits` fix it without changing what the mapping means."""

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


#: The rules for a file of which nothing can be read: the project is broken, not unwise.
_NO_MAPPING = frozenset({"unreadable_file", "not_yaml", "endless_aliases"})


@dataclass(frozen=True)
class FixedText:
    """A file of a mapping, its text as it would be, and how many findings or differences that fixes."""

    document: Document
    text: str
    changes: int

    def write(self) -> None:
        """Put the text in the file; a byte order mark stays. Raises OSError where it cannot be written."""
        path = Path(self.document.name)
        mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
        path.write_bytes(mark + self.text.encode())


@dataclass(frozen=True)
class LintResult:
    """The findings, file by file, and what was looked at."""

    findings: tuple[Finding, ...]
    #: The mappings, by the names that findings call their files.
    mappings: tuple[str, ...]
    #: The same and the files that they extend, as far as they could be read.
    documents: Mapping[str, Document] = field(default_factory=dict)
    #: Sources for which there is no delivery to compare with, where the newest one was asked for.
    without_sample: tuple[str, ...] = ()
    #: Findings that were fixed before these were made.
    fixed: int = 0

    def count(self, severity: str) -> int:
        """How many findings have the severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many findings have edits."""
        return sum(bool(finding.edits) for finding in self.findings)

    def fixed_texts(self) -> Iterator[FixedText]:
        """Each file that can be fixed, as it would be; nothing is written."""
        for name, document in self.documents.items():
            text, number = fixed(document.text, name, self.findings)
            if number:
                yield FixedText(document, text, number)

    def exit_code(self, *, strict: bool) -> int:
        """0 where all is well, 1 for errors, `strict`: for warnings, too; 2 where a file cannot be read at all."""
        if any(finding.name in _NO_MAPPING for finding in self.findings):
            return EXIT_USAGE
        counted = self.findings if strict else [each for each in self.findings if each.severity == "error"]
        return EXIT_FINDINGS if counted else EXIT_DONE


class Fixable(Protocol):
    """Something that edits fix."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, of one file or several."""


def fixed(text: str, file: str, findings: Iterable[Fixable]) -> tuple[str, int]:
    """The text of the file with the edits of the findings in it, and how many findings that fixes.

    A finding is fixed whole or not at all: one whose edits overlap those of an earlier one is left for the
    next time.
    """
    taken: list[Edit] = []
    fixes = 0
    for finding in findings:
        edits = [edit for edit in finding.edits if edit.file == file]
        if edits and not any(_overlap(edit, other) for edit in edits for other in taken):
            taken += edits
            fixes += 1
    for edit in sorted(taken, key=lambda each: -each.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, fixes


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
