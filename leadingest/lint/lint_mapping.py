"""All rules on one mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from leadingest.documents.copies import path_of
from leadingest.documents.read_yaml import read_text
from leadingest.documents.yaml_document import Document, Position
from leadingest.errors import ConfigurationError, Problem
from leadingest.lint.comments import Ignore, comments_of, lines_of
from leadingest.lint.finding import Finding, Remark
from leadingest.lint.rule import Rule
from leadingest.lint.rules import RULES
from leadingest.lint.rules.unused_ignore import unused_ignore
from leadingest.lint.secrets import masked
from leadingest.lint.subject import Subject
from leadingest.mapping.models import ParsedMapping

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
        return lines_of(read_text(path_of(name), name))
    except ConfigurationError:
        return []


Found = tuple[Rule, Remark]


def lint_mapping(subject: Subject, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """What the rules find, without what is ignored for a reason, from top to bottom."""
    subject = replace(subject, codes={rule.code: rule.ignorable for rule in rules})
    ran = [rule for rule in rules if not (rule.whole and subject.reading.problems)]
    found = [(rule, remark) for rule in ran for remark in rule.check(subject)]
    if idle := tuple(_idle(subject, ran, found)):
        found += [(unused_ignore, remark) for remark in unused_ignore.check(replace(subject, idle=idle))]
    text = LocateText(subject.documents)
    findings = {
        _finding(rule, remark, text) for rule, remark in found if not _ignored(rule, remark, subject.ignores)
    }
    return sorted(findings, key=lambda each: each.sort_key)


def _ignored(rule: Rule, remark: Remark, ignores: Sequence[Ignore]) -> bool:
    """Whether a comment asks for it; one without a reason is a finding of its own, which is enough."""
    return rule.ignorable and any(each.covers(rule.code, remark.at) for each in ignores)


def _idle(
    subject: Subject, ran: Sequence[Rule], found: Sequence[Found]
) -> Iterator[tuple[Ignore, tuple[str, ...]]]:
    """The comments of the mapping itself with the codes for which there is nothing to ignore.

    What was not looked at, for want of a sample or of a mapping that can be read whole, may be there.
    """
    looked_for = {rule.code for rule in ran if subject.sample or not rule.code.startswith("LI5")}
    for each in subject.ignores:
        if each.at.file == subject.reading.name:
            met = {rule.code for rule, remark in found if each.covers(rule.code, remark.at)}
            if codes := tuple(code for code in each.codes if code in looked_for and code not in met):
                yield each, codes


def _finding(rule: Rule, remark: Remark, text: LocateText) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        at=remark.at,
        end_column=text.end_column(remark.at),
        message=masked(remark.message),
        line_text=text.shown_line(remark.at),
        related=remark.related,
        edits=remark.edits,
    )


#: What is read anyway is told by the reading itself; the inbox and the deliveries are looked at later.
_ERRORS: Final = tuple(rule for rule in RULES if rule.severity == "error" and not rule.refused)


def errors_of(reading: ParsedMapping) -> Iterator[Problem]:
    """The errors in a mapping that could be read whole, but for those that a comment has ignored for a reason."""
    for each in lint_mapping(Subject(reading), _ERRORS):
        if each.severity == "error":  # an ignored one that is not there is a warning, whatever rules run
            yield Problem(each.at.file, each.at.line, each.at.column, each.message)
