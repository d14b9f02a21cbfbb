"""The formats in which lint tells what it found. `FORMATS` registers them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import click

from leadingest import __version__
from leadingest.documents.nearest import listed
from leadingest.documents.yaml_document import Document, Position
from leadingest.lint.comments import position_at
from leadingest.lint.finding import Edit, Finding, LintResult
from leadingest.lint.rule import Rule
from leadingest.lint.rules import RULES
from leadingest.reports.json_document import json_document
from leadingest.reports.of_error import excerpt
from leadingest.reports.printable import lines_only, one_line, workflow_command, wrapped
from leadingest.reports.table import counted

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_COLORS = {"error": "red", "warning": "yellow"}


def lint_text(result: LintResult, *, width: int | None = None) -> str:
    """Each finding with its line, a mark below, related places and the way to the explanation; then the sums."""
    found = "".join(f"{line}\n" for finding in result.findings for line in (*_finding(finding, width), ""))
    return found + "".join(f"{line}\n" for line in _sums(result, width))


def _finding(finding: Finding, width: int | None) -> Iterator[str]:
    color = _COLORS[finding.severity]
    place = f"{one_line(finding.at.file)}:{finding.at.line}:{finding.at.column}"
    head = f"{place} {finding.code} {finding.severity}: "
    first, *more = wrapped(head + lines_only(finding.message), width)
    shown = first.replace(
        head.rstrip(),
        f"{click.style(place, bold=True)} {finding.code} "
        f"{click.style(f'{finding.severity}:', fg=color, bold=True)}",
        1,
    )
    yield shown
    yield from (f"    {line}" for line in more)
    if finding.line_text:
        yield from excerpt(
            finding.line_text,
            finding.at.line,
            finding.at.column,
            finding.end_column,
            color=color,
            width=width,
        )
    margin = " " * (4 + len(str(finding.at.line)) + 1)
    for related in finding.related:
        there = f"{one_line(related.at.file)}:{related.at.line}:{related.at.column}"
        yield f"{margin}= {there}: {one_line(related.message)}"
    yield f"{margin}= {click.style(f'leadingest lint --explain {finding.code}', fg='cyan')}"


def _sums(result: LintResult, width: int | None) -> Iterator[str]:
    if result.mended:
        yield f"{counted(result.mended, 'finding')} mended"
    looked = counted(len(result.mappings), "mapping")
    if not result.findings:
        yield f"{looked}: nothing found"
    else:
        found = [counted(result.count(each), each) for each in ("error", "warning") if result.count(each)]
        yield f"{looked}: {listed(found, last='and')}" + (
            f"; --fix mends {result.fixable}" if result.fixable else ""
        )
    if result.without_sample:
        yield from wrapped(f"no delivery to compare with: {', '.join(result.without_sample)}", width)


def lint_concise(result: LintResult, *, width: int | None = None) -> str:
    """`file:line:column code severity: message`, line by line; nothing where nothing was found."""
    return "".join(
        f"{one_line(each.at.file)}:{each.at.line}:{each.at.column} {each.code} {each.severity}: {one_line(each.message)}\n"
        for each in result.findings
    )


def lint_json(result: LintResult, *, width: int | None = None) -> str:
    """A document with `version`, `findings` and `summary`. Lines and columns count from 1, offsets from 0."""
    return json_document(
        findings=[_finding_json(each) for each in result.findings],
        summary={
            "mappings": len(result.mappings),
            "errors": result.count("error"),
            "warnings": result.count("warning"),
            "fixable": result.fixable,
            "mended": result.mended,
            "without_sample": list(result.without_sample),
        },
    )


def _finding_json(finding: Finding) -> dict[str, Any]:
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
        "explain": f"leadingest lint --explain {finding.code}",
    }


_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def lint_sarif(result: LintResult, *, width: int | None = None) -> str:
    """A SARIF log of one run: all rules, and a result for each finding."""
    driver = {
        "name": "leadingest",
        "semanticVersion": __version__,
        "rules": [_rule(each) for each in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, result) for each in result.findings],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"leadingest lint --explain {rule.code}"},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, result: LintResult) -> dict[str, Any]:
    place = _location(finding.at, finding.end_column)
    if finding.line_text:
        place["physicalLocation"]["contextRegion"] = {
            "startLine": finding.at.line,
            "snippet": {"text": finding.line_text},
        }
    told: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": next(number for number, rule in enumerate(RULES) if rule.code == finding.code),
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [place],
    }
    if finding.related:
        told["relatedLocations"] = [
            {"id": number, "message": {"text": each.message}, **_location(each.at)}
            for number, each in enumerate(finding.related, start=1)
        ]
    if finding.edits:
        changes = [_change(edit, result.documents[edit.file]) for edit in finding.edits]
        told["fixes"] = [{"description": {"text": "leadingest lint --fix"}, "artifactChanges": changes}]
    return told


def _location(at: Position, end_column: int | None = None) -> dict[str, Any]:
    region = {"startLine": at.line, "startColumn": at.column}
    if end_column:
        region["endColumn"] = end_column
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(at.file)}, "region": region}}


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _change(edit: Edit, document: Document) -> dict[str, Any]:
    start, end = position_at(document, edit.start), position_at(document, edit.end)
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    replacement: dict[str, Any] = {"deletedRegion": region}
    if edit.text:
        replacement["insertedContent"] = {"text": edit.text}
    return {"artifactLocation": {"uri": _uri(edit.file)}, "replacements": [replacement]}


def lint_github(result: LintResult, *, width: int | None = None) -> str:
    """A workflow command for each finding; nothing where nothing was found."""
    ranked = sorted(result.findings, key=lambda each: each.severity != "error")
    return "".join(_annotation(each) for each in ranked)


def _annotation(finding: Finding) -> str:
    properties = {
        "file": finding.at.file,
        "line": finding.at.line,
        "col": finding.at.column,
        "endColumn": finding.end_column,
        "title": f"{finding.code} {finding.name}",
    }
    return workflow_command(finding.severity, finding.message, **properties)


def lint_junit(result: LintResult, *, width: int | None = None) -> str:
    """A suite for each file: a failure for each finding, or one case that passed."""
    from xml.etree import ElementTree  # it only writes here; most formats do without

    by_file = {file: list(found) for file, found in groupby(result.findings, key=lambda each: each.at.file)}
    names = dict.fromkeys([*result.mappings, *by_file])
    total = sum(max(1, len(by_file.get(name, ()))) for name in names)
    root = ElementTree.Element(
        "testsuites", name="leadingest lint", tests=str(total), failures=str(len(result.findings))
    )
    for name in names:
        _suite(root, name, by_file.get(name, []))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: Element, name: str, findings: list[Finding]) -> None:
    from xml.etree import ElementTree

    tests, failures = str(max(1, len(findings))), str(len(findings))
    suite = ElementTree.SubElement(root, "testsuite", name=lines_only(name), tests=tests, failures=failures)
    if not findings:
        ElementTree.SubElement(suite, "testcase", classname=lines_only(name), name="lint")
    for each in findings:
        title = f"{each.code} {each.name} at {each.at.line}:{each.at.column}"
        case = ElementTree.SubElement(suite, "testcase", classname=lines_only(name), name=title)
        message = lines_only(each.message)
        failure = ElementTree.SubElement(case, "failure", type=each.severity, message=message)
        place = f"{each.at.file}:{each.at.line}:{each.at.column}"
        failure.text = lines_only(f"{place} {each.code} {each.severity}: {each.message}")


#: Writes the findings, in lines of at most `width` cells where that matters.
Write = Callable[..., str]

FORMATS: Final[Mapping[str, Write]] = {
    "text": lint_text,
    "concise": lint_concise,
    "json": lint_json,
    "sarif": lint_sarif,
    "github": lint_github,
    "junit": lint_junit,
}


def lint_report(result: LintResult, name: str, *, width: int | None = None) -> str:
    """The findings in the format, in lines of at most `width` cells where that matters."""
    return FORMATS[name](result, width=width)
