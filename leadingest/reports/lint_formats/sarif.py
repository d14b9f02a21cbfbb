"""`--format sarif`: for code scanning.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

import json
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from leadingest import __version__
from leadingest.documents.yaml_document import Document, Position
from leadingest.lint.comments import position_at
from leadingest.lint.finding import Edit, Finding, LintResult
from leadingest.lint.rule import Rule
from leadingest.lint.rules import RULES

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(result: LintResult, *, width: int | None = None) -> str:
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
