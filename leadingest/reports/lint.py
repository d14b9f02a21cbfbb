"""What lint found in mappings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Position
from leadingest.lint.comments import position_at
from leadingest.lint.finding import Edit, Finding, LintResult
from leadingest.lint.rules import RULES
from leadingest.reports.report import (
    Block,
    CheckCase,
    CheckRule,
    CheckSuite,
    Excerpt,
    Place,
    Report,
    Style,
    TextLine,
    TextSpan,
)
from leadingest.wording import counted

_STYLES: dict[str, Style] = {"error": "bad", "warning": "wait"}


@dataclass(frozen=True)
class LintReport(Report):
    """Each finding with its line, a mark below, related places and the way to the explanation; then the sums."""

    result: LintResult
    title = "lint"
    fixed_by = "leadingest lint --fix"

    def body(self) -> Iterator[Block]:
        for finding in self.result.findings:
            yield from _finding(finding)
            yield TextLine()
        yield from self._sums()

    def data(self) -> dict[str, Any]:
        result = self.result
        return {
            "findings": [_plain(each) for each in result.findings],
            "summary": {
                "mappings": len(result.mappings),
                "errors": result.count("error"),
                "warnings": result.count("warning"),
                "fixable": result.fixable,
                "fixed": result.fixed,
                "without_sample": list(result.without_sample),
            },
        }

    def suites(self) -> Iterator[CheckSuite]:
        """One for each file."""
        by_file = {
            file: list(found) for file, found in groupby(self.result.findings, key=lambda each: each.at.file)
        }
        for name in dict.fromkeys([*self.result.mappings, *by_file]):
            cases = [self._case(each) for each in by_file.get(name, [])]
            yield CheckSuite(name, cases or [CheckCase("lint", "passed")])

    def rules(self) -> Iterator[CheckRule]:
        for rule in RULES:
            yield CheckRule(
                rule.code, rule.name, rule.summary, rule.explanation, rule.severity, _explained(rule.code)
            )

    def _sums(self) -> Iterator[Block]:
        result = self.result
        if result.fixed:
            yield TextLine(f"{counted(result.fixed, 'finding')} fixed")
        looked = counted(len(result.mappings), "mapping")
        if not result.findings:
            yield TextLine(f"{looked}: no findings")
        else:
            found = [counted(result.count(each), each) for each in ("error", "warning") if result.count(each)]
            fixable = f"; --fix can fix {result.fixable}" if result.fixable else ""
            yield TextLine(f"{looked}: {listed(found, last='and')}{fixable}")
        if result.without_sample:
            yield TextLine(f"no delivery to compare with: {', '.join(result.without_sample)}")

    def _case(self, finding: Finding) -> CheckCase:
        place = _place(finding.at, finding.end_column)
        return CheckCase(
            f"{finding.code} {finding.name} at {finding.at.line}:{finding.at.column}",
            finding.severity,
            finding.message,
            details=f"{place} {finding.code} {finding.severity}: {finding.message}",
            kind=finding.severity,
            code=finding.code,
            title=f"{finding.code} {finding.name}",
            place=place,
            text=finding.line_text,
            related=[(_place(each.at), each.message) for each in finding.related],
            edits=[(self._place_of(edit), edit.text) for edit in finding.edits],
        )

    def _place_of(self, edit: Edit) -> Place:
        document = self.result.documents[edit.file]
        start, end = position_at(document, edit.start), position_at(document, edit.end)
        return Place(edit.file, start.line, start.column, end.line, end.column)


def _place(at: Position, end_column: int | None = None) -> Place:
    return Place(at.file, at.line, at.column, end_column=end_column)


def _finding(finding: Finding) -> Iterator[Block]:
    style = _STYLES[finding.severity]
    place = str(_place(finding.at))
    head = (TextSpan(place, "strong"), f" {finding.code} ", TextSpan(f"{finding.severity}:", style))
    yield TextLine((*head, f" {finding.message}"), hang=4)
    if finding.line_text:
        at = finding.at
        yield Excerpt(finding.line_text, at.line, at.column, finding.end_column, style)
    margin = 4 + len(str(finding.at.line)) + 1
    for related in finding.related:
        yield TextLine(f"= {_place(related.at)}: {related.message}", indent=margin)
    yield TextLine(("= ", TextSpan(_explained(finding.code), "code")), indent=margin)


def _explained(code: str) -> str:
    return f"leadingest lint --explain {code}"


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "file": finding.at.file,
        "line": finding.at.line,
        "column": finding.at.column,
        "end_column": finding.end_column,
        "message": finding.message,
        "source_line": finding.line_text,
        "related": [
            {"file": each.at.file, "line": each.at.line, "column": each.at.column, "message": each.message}
            for each in finding.related
        ],
        "edits": [
            {"file": each.file, "start": each.start, "end": each.end, "text": each.text}
            for each in finding.edits
        ],
        "explain": _explained(finding.code),
    }
